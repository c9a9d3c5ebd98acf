import type { StripeConnection } from '../../db/stripe'
import type { Deps } from '../deps'

export type SecretColumn = 'liveSecret' | 'testSecret' | 'liveKey' | 'testKey'

/**
 * Decrypts a secret of an account's Stripe connection; undefined if there is none or the deployment no longer has its
 * key.
 */
export const openStripeSecret = (
  deps: Deps,
  connection: StripeConnection,
  column: SecretColumn,
): Promise<string | undefined> => deps.secrets.open(connection[column], contextOf(connection.accountId, column))

export const sealStripeSecret = (
  deps: Deps,
  accountId: string,
  column: SecretColumn,
  secret: string,
): Promise<string> => deps.secrets.seal(secret, contextOf(accountId, column))

const contextOf = (accountId: string, column: SecretColumn): string => `${accountId} stripe ${column}`
