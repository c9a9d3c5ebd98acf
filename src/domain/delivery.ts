/** The states of a delivery (one message to one address) and how they follow each other. */

/** Rank order: a state only ever gives way to one of a higher rank. What was cancelled never left, so nothing can be said of it. */
export const DELIVERY_RANK = {
  queued: 0,
  dispatched: 1,
  sending: 2,
  unknown: 3,
  sent: 4,
  deferred: 5,
  delivered: 6,
  soft_bounced: 7,
  dropped: 7,
  failed: 7,
  bounced: 8,
  complained: 9,
  cancelled: 10,
} as const

export type DeliveryStatus = keyof typeof DELIVERY_RANK
export const DELIVERY_STATUSES = Object.keys(DELIVERY_RANK) as DeliveryStatus[]

/** By hand and API before automatic before bulk; the number is the order in which a tick takes them. */
export const ORIGIN_PRIORITY = { manual: 0, api: 0, resend: 0, automatic: 1, bulk: 2, bulk_resend: 2 } as const
export type SendOrigin = keyof typeof ORIGIN_PRIORITY

/** What leaves without a person who looks at each: automatic and bulk. */
export const isUnattended = (origin: string): boolean =>
  origin in ORIGIN_PRIORITY && ORIGIN_PRIORITY[origin as SendOrigin] > 0

/** A delivery `to` the customer, or the `copy` a merchant keeps, which never counts as the customer's. */
export type DeliveryPurpose = 'customer' | 'copy'

/** What the list shows of a document: the first that applies to a delivery of its latest send. */
export const MAIL_STATES = ['problem', 'unknown', 'deferred', 'on_its_way', 'sent', 'delivered', 'not_sent'] as const
export type MailState = (typeof MAIL_STATES)[number]

/** Whether something went out, or is going: another send repeats it. What was taken back never went. */
export const wasSent = (state: MailState | null): boolean => state !== null && state !== 'not_sent'

const MAIL_STATE_OF: Record<DeliveryStatus, MailState> = {
  complained: 'problem',
  bounced: 'problem',
  soft_bounced: 'problem',
  dropped: 'problem',
  failed: 'problem',
  unknown: 'unknown',
  deferred: 'deferred',
  queued: 'on_its_way',
  dispatched: 'on_its_way',
  sending: 'on_its_way',
  sent: 'sent',
  delivered: 'delivered',
  cancelled: 'not_sent',
}

/** `MAIL_STATES` is in order of precedence; no delivery at all is `not_sent`. */
export function mailStateOf(statuses: readonly DeliveryStatus[]): MailState {
  const present = new Set(statuses.map((status) => MAIL_STATE_OF[status]))
  return MAIL_STATES.find((state) => present.has(state)) ?? 'not_sent'
}
