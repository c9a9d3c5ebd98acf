/** Reads complaints: feedback reports (RFC 5965), and Hotmail's of the time before them. */
import { addressesIn, fieldAddress } from './addresses'
import type { BounceMail } from './bounce-mail'
import { fieldOf, parseFieldGroups } from './fields'
import type { Message } from './message'
import { returnedMail, returnedTo } from './returned-mail'

/** Feedback that is no complaint: the opposite of one, and reports about authentication (RFC 6591, RFC 6430). */
const HARMLESS = /^(?:not-spam|auth-failure|dmarc)/

/** Returns the complaint; an auto reply for feedback that asks for nothing; undefined if the mail is no feedback. */
export function readComplaint(message: Message): BounceMail | undefined {
  const type = feedbackType(message)
  if (type === undefined) return undefined
  if (HARMLESS.test(type)) return { kind: 'auto_reply' }
  return { kind: 'complaint', feedbackType: type, address: complainant(message), ...returnedMail(message) }
}

function feedbackType(message: Message): string | undefined {
  if (message.feedbackParts.length > 0 || message.reportType === 'feedback-report') {
    const type = /^[ \t]{0,2}feedback-type[ \t]{0,2}:[ \t]{0,4}([\w-]{1,40})/im
    const text = [...message.feedbackParts, message.notice].join('\n')
    return (type.exec(text)?.[1] ?? 'abuse').toLowerCase()
  }
  return isHotmailComplaint(message) ? 'abuse' : undefined
}

const isHotmailComplaint = (message: Message): boolean =>
  /^\s*complaint about message from/i.test(message.header('subject')) && message.returned !== ''

const FIELDS = [
  'original-rcpt-to',
  'removal-recipient',
  'final-recipient',
  'original-recipient',
  'x-hmxmroriginalrecipient',
]

/** The recipient who complained. Providers redact it: `redacted@`, `redacted@example.net`. */
function complainant(message: Message): string | undefined {
  const groups = [...message.feedbackParts, message.returned].flatMap(parseFieldGroups)
  const named = FIELDS.flatMap((name) => groups.map((group) => fieldAddress(fieldOf(group, name))))
  const header = addressesIn(message.header('x-hmxmroriginalrecipient'))
  return [...header, ...named, ...returnedTo(message)].find(
    (address) => address !== undefined && !REDACTED.test(address),
  )
}

const REDACTED = /^["']?(?:redacted|x{3,}|\*{2,}|undisclosed|removed|hidden)/i
