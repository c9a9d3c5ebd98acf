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
 * Most hard bounces and complaints, in thousandths: 5 % and 0.3 %. Amazon SES warns at 5 % and 0.1 %, Gmail at 0.3 %
 * complaints.
 */
export const MAX_PER_MILLE: Record<RestReason, number> = { bounces: 50, complaints: 3 }

/** Returns a limit in percent, as a decimal string: '0.3'. */
export const maxPercent = (reason: RestReason): string => String(MAX_PER_MILLE[reason] / 10)

/** Time after which paused mails are checked again, in case resuming did not wake them. */
export const REST_CHECK_MS = 6 * 3_600_000
