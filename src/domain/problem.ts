/** Defines which deliveries are problems for a merchant, and how to fix them. */
import type { DeliveryStatus } from './delivery'

/** Final statuses of deliveries that did not reach their recipient, or that the recipient complained about. */
export const FAILED_STATUSES = ['bounced', 'soft_bounced', 'dropped', 'failed', 'complained'] as const

/** Statuses that the merchant is notified of and asked to fix. */
export const PROBLEM_STATUSES = [...FAILED_STATUSES, 'unknown'] as const
export type ProblemStatus = (typeof PROBLEM_STATUSES)[number]

/** Statuses that pages explain: problems, and deliveries that may become one. */
export const TROUBLED_STATUSES = [...PROBLEM_STATUSES, 'deferred'] as const
export type TroubledStatus = (typeof TROUBLED_STATUSES)[number]

export const isTroubled = (status: string): status is TroubledStatus =>
  (TROUBLED_STATUSES as readonly string[]).includes(status)

export const isProblemStatus = (status: string): status is ProblemStatus =>
  (PROBLEM_STATUSES as readonly string[]).includes(status)

/** Kinds of problems that pages filter by. **Bounced** covers hard and soft bounces. */
export const PROBLEM_KINDS = ['bounced', 'dropped', 'failed', 'complained', 'unknown'] as const
export type ProblemKind = (typeof PROBLEM_KINDS)[number]

export const statusesOfKind = (kind: ProblemKind): ProblemStatus[] =>
  kind === 'bounced' ? ['bounced', 'soft_bounced'] : [kind]

/** The next step to fix a problem. Its text is `problem_step.<step>`. */
export type ProblemStep =
  /** Save the right address on the contact and send the failed mails to it. */
  | 'correct'
  /** Do the same with another address, since the recipient at this one wants no mail. */
  | 'other_address'
  /** Send the same mail to the same address again. */
  | 'repeat'

/** Reasons for which a repeated mail would fail again. A text that can't be rendered is corrected on the Send page. */
export const NOT_REPEATABLE = [
  'render_failed',
  'mail_not_prepared',
  'mail_lost',
  'send_missing',
  'document_missing',
  'document_unreadable',
  'settings_unreadable',
]

/** Returns the next step for a delivery; undefined if it has no problem. */
export function problemStep(status: DeliveryStatus, reason: string | null): ProblemStep | undefined {
  switch (status) {
    case 'complained':
      return 'other_address'
    case 'dropped':
      return reason === 'unsubscribed' || reason === 'complaint' ? 'other_address' : 'correct'
    case 'bounced':
      return 'correct'
    case 'soft_bounced':
    case 'failed':
    case 'unknown':
      return 'repeat'
    default:
      return undefined
  }
}

/** An address is suppressed after this many given-up deliveries in a row within this time. */
export const REPEATED_FAILURES = 3
export const REPEATED_FAILURES_MS = 30 * 86_400_000

/** Returns true for a reply about policy (5.7.x) or a full mailbox (5.2.2), which never counts against an address. */
export const isPolicyText = (text: string): boolean => /\b5\.(7\.\d{1,3}|2\.2)\b/.test(text)

/** Returns whether a delivery counts as given up for the suppression of its address. */
export const countsAsGivenUp = (status: DeliveryStatus, text: string): boolean =>
  status === 'soft_bounced' && !isPolicyText(text)
