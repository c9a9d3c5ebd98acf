/** Builds the outcomes that adapters return. */
import type { SendOutcome } from './mailer'

/** Fails the mail for a reason that lies in it or in us, so that no address is blocked. */
export const failed = (reason: string, text: string): SendOutcome => ({
  type: 'permanent',
  status: 'failed',
  suppress: false,
  reason,
  text,
})

/** Drops the mail: the provider's own suppression list names the address. */
export const suppressedByProvider = (text: string): SendOutcome => ({
  type: 'permanent',
  status: 'dropped',
  suppress: false,
  reason: 'provider_suppression',
  text,
})

export const pause = (reason: string, text: string, afterMs?: number): SendOutcome => ({
  type: 'pause',
  reason,
  text,
  ...(afterMs !== undefined && { afterMs }),
})
