/** When a member is mailed about problems: the first at once, then together what gathered; or once a day. */
import { addDays, dateIn, epochOf } from './calendar'
import type { DeliveryStatus } from './delivery'
import type { DocumentKind } from './document'
import type { Notify } from './role'

/** After a mail the next one waits so long, and tells all that has gathered: a burst makes one mail, not hundreds. */
export const NOTICE_REST_MS = 30 * 60_000
/** What nobody knows of often turns out well: its mail waits for news. */
export const UNKNOWN_GRACE_MS = 60 * 60_000
/** By the account's clock. */
const DAILY_AT = '08:00'

/** A mail that no server took is tried again after so long, for a day. */
export const NOTICE_RETRY_MS = 10 * 60_000
export const NOTICE_GIVE_UP_MS = 24 * 60 * 60_000

/** What a notice says of a problem. */
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
  /** Open ones that this member was not told of, oldest first; the first few are enough. */
  problems: { at: number; status: DeliveryStatus }[]
  now: number
  timeZone: string
}

export type NoticeDecision =
  | { type: 'send'; restUntil: number }
  | { type: 'wait'; until: number }
  /** Nobody wants it, or all of it is settled: what there was counts as told. */
  | { type: 'skip'; restUntil: number }

export function decideNotice({ mode, problems, now, timeZone }: NoticeFacts): NoticeDecision {
  const restUntil = now + NOTICE_REST_MS
  const [first] = problems
  if (mode === 'never' || !first) return { type: 'skip', restUntil }
  const until = mode === 'daily' ? nextDaily(first.at, timeZone) : graceOf(problems)
  return until > now ? { type: 'wait', until } : { type: 'send', restUntil }
}

const graceOf = (problems: NoticeFacts['problems']): number =>
  problems.every(({ status }) => status === 'unknown') ? (problems[0]?.at ?? 0) + UNKNOWN_GRACE_MS : 0

/** The first eight o'clock after a moment. */
function nextDaily(after: number, timeZone: string): number {
  const today = dateIn(after, timeZone)
  const times = [today, addDays(today, 1)].map((date) => epochOf(`${date}T${DAILY_AT}`, timeZone) ?? after)
  return times.find((time) => time > after) ?? after
}
