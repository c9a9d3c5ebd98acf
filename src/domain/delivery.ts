/** Defines the states of a delivery (one message to one address) and their order. */

/**
 * Ranks of the states: only a state of a higher rank replaces another. A cancelled mail never left, so no event can
 * follow.
 */
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

/** Priorities of sends by origin. A tick dispatches the lowest number first. */
export const ORIGIN_PRIORITY = { manual: 0, api: 0, resend: 0, automatic: 1, bulk: 2, bulk_resend: 2 } as const
export type SendOrigin = keyof typeof ORIGIN_PRIORITY

/** Returns true for sends that no person checks one by one: automatic and bulk. */
export const isUnattended = (origin: string): boolean =>
  origin in ORIGIN_PRIORITY && ORIGIN_PRIORITY[origin as SendOrigin] > 0

/**
 * The purpose of a delivery: the mail to the customer, or the merchant's copy, which never counts as the customer's
 * mail.
 */
export type DeliveryPurpose = 'customer' | 'copy'

/** States of a document's mails in the list. The first that applies to a delivery of its latest send is shown. */
export const MAIL_STATES = ['problem', 'unknown', 'deferred', 'on_its_way', 'sent', 'delivered', 'not_sent'] as const
export type MailState = (typeof MAIL_STATES)[number]

/**
 * Returns true if a mail has left or is about to leave, so that another send repeats it. A cancelled mail does not
 * count.
 */
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

/** Returns whether a delivery in this state is a problem until it is settled. */
export const isFailure = (status: DeliveryStatus): boolean =>
  MAIL_STATE_OF[status] === 'problem' || MAIL_STATE_OF[status] === 'unknown'

/** Returns the state of a document's mails; `not_sent` if there are none. */
export function mailStateOf(statuses: readonly DeliveryStatus[]): MailState {
  const present = new Set(statuses.map((status) => MAIL_STATE_OF[status]))
  return MAIL_STATES.find((state) => present.has(state)) ?? 'not_sent'
}
