/** Finds the recipients that a report is about, and what it says of each. */
import { actionOfNotice } from './action-of-notice'
import { addressesIn } from './addresses'
import { type Action, distinct, type Finding } from './finding'
import type { Message } from './message'
import { readNotes } from './readers/notes'
import { readProse } from './readers/prose'
import { quotedWords } from './readers/quoted-words'
import { ANYWHERE } from './readers/recipient-lines'
import { returnedTo } from './returned-mail'
import { readStatusBlocks } from './status-blocks'

/**
 * Returns the recipients of the first of these that names any: the status blocks, the header `X-Failed-Recipients`, the lines of the
 * notice, the returned copy, and an address that stands alone in the notice.
 */
export function findRecipients(message: Message): Finding[] {
  const action = actionOfNotice(message)
  const prose = readNotice(message, action)
  const sources = [
    () => statusParts(message).flatMap((part) => readStatusBlocks(part, action)),
    () => addressesIn(message.header('x-failed-recipients')).map((address) => bare(address, action)),
    () => prose,
    () => only(returnedTo(message).map((address) => bare(address, action))),
    () => only(readProse(message.notice, action, ownAddresses(message), [ANYWHERE])).filter(isOther(message)),
  ]
  for (const source of sources) {
    const findings = source()
    if (findings.length > 0) return distinct(findings.map((one) => complete(one, findings.length, prose, message)))
  }
  return []
}

const bare = (address: string, action: Action): Finding => ({ address, action, status: '', said: [], prose: [] })

/** Several would be a guess. */
const only = (findings: Finding[]): Finding[] => {
  const found = distinct(findings)
  return found.length === 1 ? found : []
}

/** With a status block in plain text, where the MIME structure was lost on the way. */
function statusParts({ notice, statusParts: parts }: Message): string[] {
  if (parts.length > 0 || !/^Final-Recipient:/im.test(notice) || !/^Action:/im.test(notice)) return parts
  return [notice.slice(notice.search(/^(?:Reporting-MTA|Original-Recipient|Final-Recipient|Action):/im))]
}

function readNotice(message: Message, action: Action): Finding[] {
  const notes = readNotes(message.notice, action)
  return distinct(notes.length > 0 ? notes : readProse(message.notice, action, ownAddresses(message)))
}

/** Of the report itself. */
const ownAddresses = (message: Message): Set<string> =>
  new Set(addressesIn(`${message.header('to')} ${message.header('from')}`.toLowerCase()))

const isOther = (message: Message) => {
  const own = ownAddresses(message)
  return ({ address }: Finding): boolean => !own.has(address.toLowerCase())
}

/** Adds what the prose says of the recipient, and the whole notice where it is about one recipient alone. */
function complete(finding: Finding, count: number, prose: Finding[], message: Message): Finding {
  const key = finding.address.toLowerCase()
  const same = prose.find(({ address }) => address.toLowerCase() === key) ?? finding
  const whole = count === 1 ? message.notice : ''
  return {
    ...finding,
    address: finding.address || (count === 1 ? (returnedTo(message)[0] ?? prose[0]?.address ?? '') : ''),
    said: [...finding.said, ...same.said, quotedWords(whole)],
    prose: [same.prose[0] ?? '', ...same.prose.slice(1), whole],
  }
}
