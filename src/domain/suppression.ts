/** Why an account must not write to an address; `reason.<code>` says each in words. */
export const SUPPRESSION_REASONS = [
  'hard_bounce',
  'complaint',
  'unsubscribed',
  'manual',
  'repeated_failures',
  'provider_suppression',
] as const
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

export const isSuppressionReason = (text: string): text is SuppressionReason =>
  (SUPPRESSION_REASONS as readonly string[]).includes(text)

/** What an admin may set aside for one delivery: the person's own wish. What a server or a provider refuses would only fail again. */
export const maySendDespite = (reason: string | null): boolean => reason === 'unsubscribed'
