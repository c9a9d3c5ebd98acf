import { runBatch } from '../../db/client'
import {
  chooseSender,
  findSenderDomain,
  insertSenderKey,
  removeOtherKeys,
  saveSenderDomain,
  scheduleSenderCheck,
} from '../../db/sender-domains'
import { ok, type Refused, type Result } from '../../domain/result'
import { MAX_SENDER_KEYS, senderDomainOf } from '../../domain/sender-domain'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { meterNotice } from '../sends/meter-notice'
import { createSenderKey } from './sender-keys'

/**
 * Saves the address that an account would like in From. It is used once its domain's records are found; another address of the same
 * domain is used at once where the first was.
 * @param address as `parseEmailAddress` returns it
 */
export async function saveSender(
  deps: Deps,
  { accountId, actor, address }: { accountId: string; actor: string; address: string },
): Promise<Result<undefined, 'sender_free_mail' | 'sender_platform'> | Refused<'notice_limit'>> {
  const domain = senderDomainOf(address, deps.config.MAIL_DOMAIN)
  if (!domain.ok) return domain
  const before = await findSenderDomain(deps.db, accountId)
  if (before?.address === address) return ok(undefined)
  const refused = await meterNotice(deps, accountId, 'sender_key')
  if (refused) return refused
  const isNew = before?.domain !== domain.value
  const key = isNew && (await createSenderKey(deps, accountId, domain.value))
  const now = deps.now()
  await runBatch(deps.db, [
    saveSenderDomain({ accountId, address, domain: domain.value }, now),
    auditEntry(deps, {
      ...{ accountId, actor, action: 'sender_saved', subject: '' },
      changes: [{ field: 'address', from: before?.address ?? '', to: address }],
    }),
    removeOtherKeys(accountId, domain.value),
    ...(key ? [insertSenderKey(key, 1)] : []),
    chooseSender(accountId),
    scheduleSenderCheck(accountId, now),
  ])
  return ok(undefined)
}

/** Adds the key that is to replace the one that signs. Refused where two are there already. */
export async function addSenderKey(
  deps: Deps,
  { accountId, actor }: { accountId: string; actor: string },
): Promise<Result<undefined, 'not_found'> | Refused<'notice_limit'>> {
  const sender = await findSenderDomain(deps.db, accountId)
  if (!sender) return { ok: false, reason: 'not_found' }
  const refused = await meterNotice(deps, accountId, 'sender_key')
  if (refused) return refused
  const key = await createSenderKey(deps, accountId, sender.domain)
  await runBatch(deps.db, [
    insertSenderKey(key, MAX_SENDER_KEYS),
    auditEntry(deps, { accountId, actor, action: 'sender_key_added', subject: key.selector, changes: [] }),
    scheduleSenderCheck(accountId, deps.now()),
  ])
  return ok(undefined)
}
