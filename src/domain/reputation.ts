/** When an account's bulk and automatic mails rest, before the providers that carry everybody's mail lose patience with all of us. */

export const REST_REASONS = ['bounces', 'complaints'] as const
export type RestReason = (typeof REST_REASONS)[number]

/** The latest mails that count; fewer than `MIN_MAILS` of them say nothing. */
export const LATEST_MAILS = 200
export const MIN_MAILS = 50

/** In thousandths of them: 5 % hard bounces, 0.3 % complaints. Providers warn at about these (`Amazon SES`: 5 % and 0.1 %; Gmail: 0.3 %). */
export const MAX_BOUNCES_PER_MILLE = 50
export const MAX_COMPLAINTS_PER_MILLE = 3

/** What rests is looked at again so much later, in case nothing woke it. */
export const REST_CHECK_MS = 6 * 3_600_000
