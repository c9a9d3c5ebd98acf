/** Reads a mail that arrived at the bounce address: a report on a delivery, a complaint, an automatic answer, or a person's mail. */
import { addressesIn } from './addresses'
import { hasAutoReplySubject, isAutoReply, isReceipt } from './auto-reply'
import type { BounceMail } from './bounce-mail'
import { classify } from './classify'
import { readComplaint } from './complaint'
import { evidenceIn } from './evidence'
import { findRecipients } from './find-recipients'
import { type Message, parseMessage } from './message'
import { snsFindings, snsNotification } from './readers/sns'
import { returnedMail } from './returned-mail'

/**
 * Reads at most the first 256 KB of a mail. Never throws. Nothing in it is proof of its origin: whose delivery it is about is the
 * caller's to check.
 */
export async function readBounce(raw: Uint8Array): Promise<BounceMail> {
  const message = await parseMessage(raw).catch(() => undefined)
  // A mail that can't be parsed goes to a person.
  if (message === undefined) return { kind: 'mail' }
  const enclosed = isEnvelope(message) ? message.enclosedReport : undefined
  const inner = enclosed && (await parseMessage(enclosed).catch(() => undefined))
  return readMessage(inner ?? message)
}

/** A server's mail around another report: it names no recipient itself. A person who attaches one is not meant. */
const isEnvelope = (message: Message): boolean =>
  message.statusParts.length === 0 &&
  evidenceIn(message) === 'report' &&
  (message.reportType === 'delivery-status' || addressesIn(message.notice).length === 0)

function readMessage(message: Message): BounceMail {
  const complaint = readComplaint(message)
  if (complaint) return complaint
  const evidence = evidenceIn(message)
  if (isReceipt(message)) return { kind: 'auto_reply' }
  if (message.statusParts.length === 0 && hasAutoReplySubject(message)) return { kind: 'auto_reply' }
  if (evidence !== 'report') return readOther(message, evidence === 'machine')
  const notification = snsNotification(message.notice)
  if (notification?.notificationType === 'Complaint') {
    const address = notification.complaint.complainedRecipients[0]?.emailAddress
    return { kind: 'complaint', feedbackType: 'abuse', address, ...returnedMail(message) }
  }
  const findings = notification ? snsFindings(notification) : findRecipients(message)
  if (findings.length === 0) return { kind: 'unclassified' }
  return { kind: 'report', recipients: findings.map(classify), ...returnedMail(message) }
}

function readOther(message: Message, byServer: boolean): BounceMail {
  if (byServer) return { kind: 'unclassified' }
  return { kind: isAutoReply(message) ? 'auto_reply' : 'mail' }
}
