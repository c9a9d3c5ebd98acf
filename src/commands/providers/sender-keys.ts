/** The keys that sign mails: each account's own, sealed, and the deployment's. */
import { listSigningKeys, type SenderKey } from '../../db/sender-domains'
import type { Config } from '../../env'
import { createDkimKeyPair, type DkimKey, importDkimKey } from '../../mail/dkim'
import type { Deps } from '../deps'

const SELECTOR_CHARS = 'abcdefghijkmnpqrstuvwxyz23456789'

/**
 * Makes a key for a domain. Its selector is a new name each time: a record of the same name might still be remembered by receivers, or be
 * another account's.
 */
export async function createSenderKey(deps: Deps, accountId: string, domain: string): Promise<SenderKey> {
  const random = crypto.getRandomValues(new Uint8Array(8))
  const selector = `facteur-${[...random].map((byte) => SELECTOR_CHARS.charAt(byte % 32)).join('')}`
  const { publicKey, privateKey } = await createDkimKeyPair()
  const sealed = await deps.secrets.seal(privateKey, contextOf(accountId, selector))
  return { accountId, selector, domain, publicKey, privateKey: sealed, createdAt: deps.now() }
}

/** Returns the keys of these accounts that sign, by account. One that can't be opened is missing. */
export async function openSigningKeys(deps: Deps, accountIds: readonly string[]): Promise<Map<string, DkimKey>> {
  const opened = new Map<string, DkimKey>()
  if (accountIds.length === 0) return opened
  for (const { accountId, domain, selector, privateKey } of await listSigningKeys(deps.db, accountIds)) {
    const pkcs8 = await deps.secrets.open(privateKey, contextOf(accountId, selector))
    if (pkcs8) opened.set(accountId, await importDkimKey({ domain, selector }, Uint8Array.fromBase64(pkcs8)))
    else deps.log({ event: 'sender_key_unreadable', accountId })
  }
  return opened
}

const contextOf = (accountId: string, selector: string): string => `${accountId} sender key ${selector}`

/** Imported once an isolate. */
const platformKeys = new WeakMap<Config, Promise<DkimKey>>()

/** Returns the key that signs mails from the platform's address; undefined where the deployment has none. */
export function platformKey(config: Config): Promise<DkimKey> | undefined {
  const { DKIM_KEY, DKIM_SELECTOR, MAIL_DOMAIN } = config
  if (!DKIM_KEY || !DKIM_SELECTOR) return undefined
  const key = platformKeys.get(config) ?? importDkimKey({ domain: MAIL_DOMAIN, selector: DKIM_SELECTOR }, DKIM_KEY)
  platformKeys.set(config, key)
  return key
}
