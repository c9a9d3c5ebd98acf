/** Reads a mail that arrived at the bounce address: a report on a delivery, a complaint, an automatic answer, or a person's mail. */
import { actionOfNotice } from './action-of-notice'
import { addressesIn } from './addresses'
import { hasAutoReplySubject, isAutoReply, isReceipt } from './auto-reply'
import type { BounceMail } from './bounce-mail'
import { classify } from './classify'
import { readComplaint } from './complaint'
import { evidenceIn } from './evidence'
import { distinct, type Finding } from './finding'
import { type Message, parseMessage } from './message'
import { readNotes } from './readers/notes'
import { readProse } from './readers/prose'
import { quotedWords } from './readers/quoted-words'
import { ANYWHERE } from './readers/recipient-lines'
import { snsFindings, snsNotification } from './readers/sns'
import { returnedMail, returnedTo } from './returned-mail'
import { readStatusBlocks } from './status-blocks'

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

/** A server's mail around another report. A person who attaches one is not meant. */
const isEnvelope = (message: Message): boolean =>
  message.statusParts.length === 0 && message.reportType === 'delivery-status' && evidenceIn(message) === 'report'

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

/** Takes the recipients of the status blocks, else those that the prose names, else the one that our mail was for. */
function findRecipients(message: Message): Finding[] {
  const action = actionOfNotice(message)
  const blocks = [...message.statusParts, ...blocksInText(message)].flatMap((part) => readStatusBlocks(part, action))
  const prose = readNamed(message, action)
  if (blocks.length > 0) return distinct(blocks.map((block) => completed(block, blocks.length, prose, message)))
  const failed = addressesIn(message.header('x-failed-recipients'))
  if (failed.length > 0) {
    return distinct(
      failed.map((address) =>
        completed({ address, action, status: '', said: [], prose: [] }, failed.length, prose, message),
      ),
    )
  }
  if (prose.length > 0) return distinct(prose.map((one) => completed(one, prose.length, [], message)))
  const [only, ...others] = new Set(returnedTo(message))
  if (only !== undefined && others.length === 0) {
    return [completed({ address: only, action, status: '', said: [], prose: [] }, 1, [], message)]
  }
  const anywhere = distinct(readProse(message.notice, action, ownAddresses(message), [ANYWHERE]))
  return anywhere.length === 1 && !ownAddresses(message).has(anywhere[0]?.address.toLowerCase() ?? '') ? anywhere : []
}

/** A status block in plain text, where the MIME structure was lost on the way. */
const blocksInText = ({ notice, statusParts }: Message): string[] =>
  statusParts.length === 0 && /^Final-Recipient:/im.test(notice) && /^Action:/im.test(notice)
    ? [notice.slice(notice.search(/^(?:Reporting-MTA|Original-Recipient|Final-Recipient|Action):/im))]
    : []

function readNamed(message: Message, action: Finding['action']): Finding[] {
  const notes = readNotes(message.notice, action)
  return notes.length > 0 ? notes : readProse(message.notice, action, ownAddresses(message))
}

/** Of the report itself. */
const ownAddresses = (message: Message): Set<string> =>
  new Set(addressesIn(`${message.header('to')} ${message.header('from')}`.toLowerCase()))

/** Adds what the prose says of the recipient, and the whole notice where it is about one recipient alone. */
function completed(finding: Finding, count: number, prose: Finding[], message: Message): Finding {
  const own = prose.filter(({ address }) => address.toLowerCase() === finding.address.toLowerCase())
  const address = finding.address || (count === 1 ? (returnedTo(message)[0] ?? prose[0]?.address ?? '') : '')
  const whole = count === 1 ? message.notice : ''
  return {
    ...finding,
    address,
    said: [...finding.said, ...own.flatMap(({ said }) => said), quotedWords(whole)],
    prose: [
      ...(own.length > 0 ? own.flatMap(({ prose: texts }) => texts) : finding.prose.length > 0 ? finding.prose : ['']),
      whole,
    ],
  }
}
