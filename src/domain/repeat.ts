/** Decides when a mail of which nothing is known may be sent again: only where the provider takes the same call twice for one. */
import { PROVIDERS } from './provider'
import type { ProviderSettings } from './provider-connection'
import { PROVIDER_TIMEOUT_MS } from './timing'

/** Reasons of a waiting delivery whose mail the provider may have taken already. */
export const DOUBTS = ['no_answer', 'lost_answer'] as const

export const isDoubtful = (reason: string | null): boolean => DOUBTS.some((doubt) => doubt === reason)

/**
 * Returns until when a call with a mail's idempotency key can begin, in epoch ms; undefined where there are no keys.
 * @param firstAttemptAt of the mail, over this connection
 */
export function repeatableUntil(settings: ProviderSettings | undefined, firstAttemptAt: number): number | undefined {
  if (!settings) return undefined
  const { idempotent, keyLastsMs } = PROVIDERS[settings.kind]
  return idempotent && keyLastsMs !== undefined ? firstAttemptAt + keyLastsMs - 2 * PROVIDER_TIMEOUT_MS : undefined
}
