/** Seals and opens the secrets of accounts' provider connections. */
import type { ProviderConnection } from '../../db/provider-connections'
import { ACCOUNT_PROVIDERS, isPublicServer, type ProviderSettings, settingsOf } from '../../domain/provider-connection'
import type { Deps } from '../deps'

type Ref = Pick<ProviderConnection, 'id' | 'accountId'>

export const sealSecrets = (deps: Deps, ref: Ref, secrets: Record<string, string>): Promise<string> =>
  deps.secrets.seal(JSON.stringify(secrets), contextOf(ref, 'secrets'))

export const sealHookSecret = (deps: Deps, ref: Ref, secret: string): Promise<string> =>
  deps.secrets.seal(secret, contextOf(ref, 'hook'))

export const openHookSecret = (deps: Deps, connection: ProviderConnection): Promise<string | undefined> =>
  deps.secrets.open(connection.hookSecret, contextOf(connection, 'hook'))

/** Decrypts a connection's settings. Returns undefined if it was removed, its host is private, or its encryption key is gone. */
export async function openSettings(deps: Deps, connection: ProviderConnection): Promise<ProviderSettings | undefined> {
  const kind = ACCOUNT_PROVIDERS.find((name) => name === connection.kind)
  const secrets = await openSecrets(deps, connection)
  if (!kind || !secrets) return undefined
  const settings = settingsOf(kind, { ...connection.settings, ...secrets })
  // Checked again at every use, since the account typed where we connect to.
  return deps.config.ENVIRONMENT === 'local' || isPublicServer(settings) ? settings : undefined
}

export async function openSecrets(
  deps: Deps,
  connection: ProviderConnection,
): Promise<Record<string, string> | undefined> {
  const opened = await deps.secrets.open(connection.secrets, contextOf(connection, 'secrets'))
  return opened === undefined ? undefined : (JSON.parse(opened) as Record<string, string>)
}

const contextOf = ({ id, accountId }: Ref, column: 'secrets' | 'hook'): string =>
  `${accountId} provider ${id} ${column}`
