import { findMissed, type Missed } from '../../db/problem-list'
import { addressKey } from '../../domain/email-addresses'
import { NOT_REPEATABLE, problemStep } from '../../domain/problem'
import { type Refused, refuse } from '../../domain/result'
import { maySendDespite } from '../../domain/suppression'
import type { Deps } from '../deps'
import { type SendInput, type SendRefusal, type Sent, sendDocument } from './send-document'

/** A delivery of an account's document, and the person who does something about it. */
export interface DeliveryRef {
  accountId: string
  userId: string
  documentId: string
  deliveryId: string
}

export type RepeatRefusal = SendRefusal | Refused<'not_repeatable' | 'problem_settled'>

/**
 * Sends the same mail to the same address once more: what a provider gave up, what failed on our side, or what nobody knows of.
 * @param input.despite the recipient's wish that is set aside for this once: for a mail dropped because of it
 */
export async function repeatDelivery(
  deps: Deps,
  { sendId, despite, ...ref }: DeliveryRef & { sendId: string; despite?: 'unsubscribed' },
): Promise<{ ok: true; value: Sent } | RepeatRefusal> {
  const missed = await findMissed(deps.db, ref.accountId, ref.documentId, ref.deliveryId)
  if (!missed) return refuse('not_found')
  if (isMadeUpFor(missed, sendId)) return refuse('problem_settled')
  const repeatable = despite
    ? missed.status === 'dropped' && maySendDespite(missed.reason)
    : problemStep(missed.status, missed.reason) === 'repeat' && !NOT_REPEATABLE.includes(missed.reason ?? '')
  if (!repeatable) return refuse('not_repeatable')
  const send = resendOf(ref, missed, missed.address)
  return sendDocument(deps, { ...send, sendId, ...(despite && { despite }) })
}

/** A send that is not this one has made up for it already: somebody else was quicker. */
export const isMadeUpFor = ({ settledSendId }: Missed, sendId: string): boolean =>
  settledSendId !== null && settledSendId !== sendId

/** The mail that went wrong, to be sent again; it makes up for what went wrong at its old address. */
export const resendOf = (
  { accountId, userId }: Pick<DeliveryRef, 'accountId' | 'userId'>,
  missed: Missed,
  address: string,
): Omit<SendInput, 'sendId'> => ({
  ...{ accountId, userId, documentId: missed.documentId, origin: 'resend', recipients: [address] },
  ...{ language: missed.language, subject: missed.subject, body: missed.body, attachPdf: missed.attachPdf === 1 },
  attachments: missed.attachments === null ? [] : (JSON.parse(missed.attachments) as string[]),
  ...{ scheduledFor: null, version: 0, makesUpFor: addressKey(missed.address) },
})
