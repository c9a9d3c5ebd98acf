/** Lists why an account must not write to an address; `reason.<code>` in the locales is the text of each. */
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

/** Returns whether an admin may override a suppression for one delivery: an unsubscription only, since the others would fail again. */
export const maySendDespite = (reason: string | null): boolean => reason === 'unsubscribed'

/** Reasons that can be given for an address: without one of them it is `manual`. The others are conclusions of Facteur's. */
export const GIVEN_REASONS = ['manual', 'hard_bounce', 'complaint', 'unsubscribed'] as const
export type GivenReason = (typeof GIVEN_REASONS)[number]

/** Returns whether the recipient asked for no more mails, so that a release has to name the reason that it overrides. */
export const isWishOfRecipient = (reason: SuppressionReason): boolean =>
  reason === 'complaint' || reason === 'unsubscribed'
