/** Decides when a member is mailed about problems: at once for the first and grouped for later ones, or once a day. */
import { addDays, dateIn, epochOf } from './calendar'
import type { DeliveryStatus } from './delivery'
import type { DocumentKind } from './document'
import type { Notify } from './role'

/**
 * Time from one notice to the next, which lists all problems of that time: a hundred failures at once make one or two
 * mails.
 */
export const NOTICE_REST_MS = 30 * 60_000
/** Delay of notices about unknown outcomes, since an event often settles them. */
export const UNKNOWN_GRACE_MS = 60 * 60_000
/** Time of the daily notice, in the account's time zone. */
const DAILY_AT = '08:00'

/** Interval and end of the retries of a notice that no server accepted. */
export const NOTICE_RETRY_MS = 10 * 60_000
export const NOTICE_GIVE_UP_MS = 24 * 60 * 60_000

/** A problem, as a notice shows it. */
export interface NoticedProblem {
  documentId: string
  deliveryId: string
  kind: DocumentKind
  number: string | null
  contactName: string
  address: string
  status: DeliveryStatus
  reason: string | null
  serverText: string | null
}

export interface NoticeFacts {
  mode: Notify
  /** Open problems that this member was not yet mailed about, oldest first; the first few are enough. */
  problems: { at: number; status: DeliveryStatus }[]
  now: number
  timeZone: string
}

export type NoticeDecision =
  | { type: 'send'; restUntil: number }
  | { type: 'wait'; until: number }
  /** No notice is wanted or needed. The problems until now count as reported. */
  | { type: 'skip'; restUntil: number }

/** Decides whether a member is mailed now, later or not at all. */
export function decideNotice({ mode, problems, now, timeZone }: NoticeFacts): NoticeDecision {
  const restUntil = now + NOTICE_REST_MS
  const [first] = problems
  if (mode === 'never' || !first) return { type: 'skip', restUntil }
  const until = mode === 'daily' ? nextDaily(first.at, timeZone) : graceEndsAt(problems)
  return until > now ? { type: 'wait', until } : { type: 'send', restUntil }
}

const graceEndsAt = (problems: NoticeFacts['problems']): number =>
  problems.every(({ status }) => status === 'unknown') ? (problems[0]?.at ?? 0) + UNKNOWN_GRACE_MS : 0

/** Returns the first eight o'clock after a moment, epoch ms. */
function nextDaily(after: number, timeZone: string): number {
  const today = dateIn(after, timeZone)
  const times = [today, addDays(today, 1)].map((date) => epochOf(`${date}T${DAILY_AT}`, timeZone) ?? after)
  return times.find((time) => time > after) ?? after
}
