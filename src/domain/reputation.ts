/**
 * Defines when an account's bulk and automatic mails are paused, so that its bounces and complaints don't harm the
 * provider's reputation for all accounts.
 */

export const REST_REASONS = ['bounces', 'complaints'] as const
export type RestReason = (typeof REST_REASONS)[number]

/** The rates are computed over this many latest mails, if there are at least `MIN_MAILS`. */
export const LATEST_MAILS = 200
export const MIN_MAILS = 50

/**
 * Limits in thousandths: 5 % hard bounces, 0.3 % complaints. Amazon SES warns at 5 % and 0.1 %, Gmail at 0.3 %
 * complaints.
 */
export const MAX_BOUNCES_PER_MILLE = 50
export const MAX_COMPLAINTS_PER_MILLE = 3

/** Time after which paused mails are checked again, in case resuming did not wake them. */
export const REST_CHECK_MS = 6 * 3_600_000
