/** Deliveries that a merchant must know of: their names, which ones count, and how to fix them. */
import type { DeliveryStatus } from './delivery'

/** How a delivery ends that did not reach its recipient, or should not have. */
export const FAILED_STATUSES = ['bounced', 'soft_bounced', 'dropped', 'failed', 'complained'] as const

/** What the merchant is notified of and asked to fix. */
export const PROBLEM_STATUSES = [...FAILED_STATUSES, 'unknown'] as const
export type ProblemStatus = (typeof PROBLEM_STATUSES)[number]

/** What pages explain: problems, and what may still become one. */
export const TROUBLED_STATUSES = [...PROBLEM_STATUSES, 'deferred'] as const
export type TroubledStatus = (typeof TROUBLED_STATUSES)[number]

export const isTroubled = (status: string): status is TroubledStatus =>
  (TROUBLED_STATUSES as readonly string[]).includes(status)

export const isProblemStatus = (status: string): status is ProblemStatus =>
  (PROBLEM_STATUSES as readonly string[]).includes(status)

/** What pages filter by: merchants read **Bounced** for both kinds. */
export const PROBLEM_KINDS = ['bounced', 'dropped', 'failed', 'complained', 'unknown'] as const
export type ProblemKind = (typeof PROBLEM_KINDS)[number]

export const statusesOfKind = (kind: ProblemKind): ProblemStatus[] =>
  kind === 'bounced' ? ['bounced', 'soft_bounced'] : [kind]

/** The one thing to do next; `problem_step.<step>` says it. */
export type ProblemStep =
  /** The right address, saved on the contact, and what the old one missed is sent there. */
  | 'correct'
  /** The same with an address that was right, but its recipient wants no mail. */
  | 'other_address'
  /** The same mail to the same address once more. */
  | 'repeat'

/** A mail that could not be rendered would fail again: its text is fixed on the Send page instead. */
export const NOT_REPEATABLE = [
  'render_failed',
  'mail_lost',
  'send_missing',
  'document_missing',
  'document_unreadable',
  'settings_unreadable',
]

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

/** As many given-up deliveries in a row, within as long, suppress an address. */
export const REPEATED_FAILURES = 3
export const REPEATED_FAILURES_MS = 30 * 86_400_000

/** Policy (5.7.x) and a full mailbox (5.2.2) never speak against an address, however often. */
export const isPolicyText = (text: string): boolean => /\b5\.(7\.\d{1,3}|2\.2)\b/.test(text)

/** Whether a delivery that ended so counts among the given-up ones. */
export const countsAsGivenUp = (status: DeliveryStatus, text: string): boolean =>
  status === 'soft_bounced' && !isPolicyText(text)
