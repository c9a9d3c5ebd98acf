/** Says why a mail was not delivered, from a status code (RFC 3463) and the words around it. */
import { withoutAddresses } from './addresses'
import { isFirm } from './proof'
import { reasonOfCode } from './reason-codes'
import { clearReason, vagueReason } from './texts/reason-of-text'
import type { Reason } from './texts/text-rule'

export interface Verdict {
  reason: Reason | 'undetermined'
  /** The code that says most, of the report's field and of the text. */
  status: string
  /** The remote server refused for now; a reporting server that calls it a failure has given up. */
  temporary: boolean
  /** Neither a clear text nor a code about the address: words that servers use for many reasons. */
  vague: boolean
  /** The reason is about the address, and a code of the server or its words alone prove it. */
  proven: boolean
}

const MAX_CHARS = 4_000

/** Decides the reason: words before codes, since most servers send the same code for everything. */
export function reasonOf(fieldStatus: string, rawText: string): Verdict {
  const text = normalise(rawText)
  const codes = [...text.matchAll(ENHANCED)].map(([, code = '']) => code)
  const status = mostTelling([...codes, fieldStatus])
  const coded = reasonOfCode(status, replyCode(text))
  const clear = clearOf(text, status, codes.length > 0)
  const reason = clear ?? wordsOrCode(vagueReason(text), coded, codes.length > 0) ?? 'undetermined'
  const verdict = (final: Verdict['reason']): Verdict => ({
    reason: final,
    status,
    temporary: fieldStatus.startsWith('4.') || isTemporary(status, codes.length > 0, text),
    vague: clear === undefined && !(coded !== undefined && ADDRESS_REASONS.has(coded)),
    proven: final !== 'address_unknown' || provesAddress(status) || isFirm(text),
  })
  if (!ADDRESS_REASONS.has(reason)) return verdict(reason)
  if ((codes.length > 0 ? codes : [fieldStatus]).some(isNotAboutTheAddress)) return verdict('policy')
  if (isAboutTheSender(text)) return verdict('sender_refused')
  return verdict(isLateRefusal(reason, status, text) ? 'filtered' : reason)
}

/** Reads clear words in the light of the code that the same server sent. */
function clearOf(text: string, status: string, ownCode: boolean): Reason | undefined {
  const said = clearReason(text)
  // "5.1.1 disabled": the mailbox does not exist. Without a code of its own the 5.1.1 may be sendmail's, which makes one of any 550.
  if (said === 'suspended' && ownCode && status === '5.1.1') return 'address_unknown'
  // "5.2.1 not available": the mailbox exists.
  if (said === 'address_unknown' && status.startsWith('5.2.') && UNAVAILABLE.test(text)) return 'suspended'
  return said
}

const UNAVAILABLE = /unavailable|not available/

/** Vague words against a code about the address: the code wins if it is the refusing server's own. */
function wordsOrCode(vague: Reason | undefined, coded: Reason | undefined, ownCode: boolean): Reason | undefined {
  return coded && ADDRESS_REASONS.has(coded) && ownCode ? coded : (vague ?? coded)
}

/** Reasons after which no mail will ever reach the address. */
export const ADDRESS_REASONS: ReadonlySet<Reason | 'undetermined'> = new Set([
  'address_unknown',
  'host_unknown',
  'no_mail_accepted',
  'moved',
])

/** 5.1.351 is Exchange Online's for "unknown recipient or mailbox unavailable": what follows it says which. */
const provesAddress = (status: string): boolean => status.startsWith('5.1.') && status !== '5.1.351'

/** X.7.x is about policy and X.2.2 about a full mailbox, whatever else a text says. */
const isNotAboutTheAddress = (code: string): boolean => /^[245]\.7\.|^[245]\.2\.2$/.test(code)

/** One line in lower case, without addresses; quotes and dashes as ASCII writes them. */
const normalise = (text: string): string =>
  withoutAddresses(text.slice(0, MAX_CHARS).toLowerCase())
    .replace(/[\u2018\u2019`´]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/_/g, ' ')
    .replace(/\s+/g, ' ')

/** Not a part of an IP address or a version. */
const ENHANCED = /(?<![\d.])([245]\.\d\.\d{1,3})(?![.\d]*\d)/g

/** X.0.0 and the like say nothing; the first that says more wins. */
function mostTelling(codes: string[]): string {
  const known = codes.filter((code) => code !== '')
  return (
    known.find((code) => isNotAboutTheAddress(code)) ??
    known.find((code) => !/\.0$/.test(code)) ??
    known.find((code) => !/\.0\.0$/.test(code)) ??
    known[0] ??
    ''
  )
}

/** `550 `, `550-`, `(#550`, `<<< 550`, `said: 450`. */
const REPLY = /(?:^|[\s:;"'(<[#=,/-])([245][0-5]\d)(?=[\s:;"'<,)\]-]|$)/

const replyCode = (text: string): string => REPLY.exec(text)?.[1] ?? ''

function isTemporary(status: string, inText: boolean, text: string): boolean {
  if (inText) return status.startsWith('4.')
  const reply = replyCode(text)
  return reply.startsWith('4') || (!reply.startsWith('5') && status.startsWith('4.'))
}

/**
 * "User unknown" after the whole mail was taken is what some mobile operators say of a mail that the recipient filters. A 5.1.x code is
 * trusted all the same: sendmail names DATA where it had sent RCPT and DATA in one go.
 */
const isLateRefusal = (reason: Reason | 'undetermined', status: string, text: string): boolean =>
  reason === 'address_unknown' && !status.startsWith('5.1.') && AFTER_DATA.test(text) && !/503/.test(text)

/** Refused before the server had heard of the recipient. */
const isAboutTheSender = (text: string): boolean =>
  /in reply to (?:mail|ehlo|helo)|after (?:pipelined )?(?:mail from|helo|ehlo|initial connection)/.test(text)

const AFTER_DATA =
  /in reply to (?:end of )?data|after (?:end of )?data|>>> data|at (?:end of )?data|message body\)|>>> \.(?: |$)/
