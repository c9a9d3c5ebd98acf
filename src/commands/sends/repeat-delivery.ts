import { findMissed, type Missed } from '../../db/problem-list'
import { addressKey } from '../../domain/email-addresses'
import { NOT_REPEATABLE, problemStep } from '../../domain/problem'
import { type Refused, refuse } from '../../domain/result'
import { maySendDespite } from '../../domain/suppression'
import type { Deps } from '../deps'
import { type SendInput, type SendRefusal, type Sent, sendDocument } from './send-document'

/** A delivery of an account's document, and the person who acts on it. */
export interface DeliveryRef {
  accountId: string
  userId: string
  documentId: string
  deliveryId: string
}

export type RepeatRefusal = SendRefusal | Refused<'not_repeatable' | 'problem_settled'>

/**
 * Sends a mail to the same address again, after the provider gave up, Facteur could not send it, or its outcome is
 * unknown.
 * @param input.despite the recipient's choice that this send overrides, for a mail that was dropped because of it
 */
export async function repeatDelivery(
  deps: Deps,
  { sendId, despite, ...ref }: DeliveryRef & { sendId: string; despite?: 'unsubscribed' },
): Promise<{ ok: true; value: Sent } | RepeatRefusal> {
  const missed = await findMissed(deps.db, ref.accountId, ref.documentId, ref.deliveryId)
  if (!missed) return refuse('not_found')
  if (isSettledByOther(missed, sendId)) return refuse('problem_settled')
  const repeatable = despite
    ? missed.status === 'dropped' && maySendDespite(missed.reason)
    : problemStep(missed.status, missed.reason) === 'repeat' && !NOT_REPEATABLE.includes(missed.reason ?? '')
  if (!repeatable) return refuse('not_repeatable')
  const send = resendOf(ref, missed, missed.address)
  return sendDocument(deps, { ...send, sendId, ...(despite && { despite }) })
}

/** Returns true if another send has already settled the problem of this delivery. */
export const isSettledByOther = ({ settledSendId }: Missed, sendId: string): boolean =>
  settledSendId !== null && settledSendId !== sendId

/** Returns the input of a send that repeats the failed mail and settles the problems of its old address. */
export const resendOf = (
  { accountId, userId }: Pick<DeliveryRef, 'accountId' | 'userId'>,
  missed: Missed,
  address: string,
): Omit<SendInput, 'sendId'> => ({
  ...{ accountId, userId, documentId: missed.documentId, origin: 'resend', recipients: [address] },
  ...{ language: missed.language, subject: missed.subject, body: missed.body, attachPdf: missed.attachPdf === 1 },
  attachments: missed.attachments === null ? [] : (JSON.parse(missed.attachments) as string[]),
  ...{ scheduledFor: null, version: 0, settlesAddress: addressKey(missed.address) },
})
