/** Says why a mail was not delivered, from a status code (RFC 3463) and the words around it. */
import { withoutAddresses } from './addresses'
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
}

const MAX_CHARS = 4_000

/** Decides the reason: words before codes, since most servers send the same code for everything. */
export function reasonOf(fieldStatus: string, rawText: string): Verdict {
  const text = normalise(rawText)
  const codes = [...text.matchAll(ENHANCED)].map(([, code = '']) => code)
  const status = mostTelling([...codes, fieldStatus])
  const temporary = isTemporary(status, codes.length > 0, text)
  const forbids = [...codes, ...(codes.length === 0 ? [fieldStatus] : [])].some(isNotAboutTheAddress)
  const coded = reasonOfCode(status, replyCode(text))
  const clear = weigh(clearReason(text), coded, status)
  const reason = clear ?? vagueReason(text) ?? coded ?? 'undetermined'
  const verdict = (final: Verdict['reason']): Verdict => ({
    reason: final,
    status,
    temporary,
    vague: clear === undefined,
  })
  if (!ADDRESS_REASONS.has(reason)) return verdict(reason)
  if (forbids) return verdict('policy')
  if (isAboutTheSender(reason, text)) return verdict('sender_refused')
  return verdict(isLateRefusal(reason, status, text) ? 'filtered' : reason)
}

/** Reasons after which no mail will ever reach the address. */
export const ADDRESS_REASONS: ReadonlySet<Reason | 'undetermined'> = new Set([
  'address_unknown',
  'host_unknown',
  'no_mail_accepted',
  'moved',
])

/** Words outweigh codes, except that a mailbox called disabled under 5.1.1 is one that does not exist. */
function weigh(said: Reason | undefined, coded: Reason | undefined, status: string): Reason | undefined {
  if (said === 'suspended' && status === '5.1.1') return 'address_unknown'
  return said ?? (coded && ADDRESS_REASONS.has(coded) ? coded : undefined)
}

/** X.7.x is about policy and X.2.2 about a full mailbox, whatever else a text says. */
const isNotAboutTheAddress = (code: string): boolean => /^[245]\.7\.|^[245]\.2\.2$/.test(code)

/** One line in lower case, without addresses; quotes and dashes as ASCII writes them. */
const normalise = (text: string): string =>
  withoutAddresses(text.slice(0, MAX_CHARS).toLowerCase())
    .replace(/[\u2018\u2019`´]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
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
const isAboutTheSender = (reason: Reason | 'undetermined', text: string): boolean =>
  ADDRESS_REASONS.has(reason) &&
  /in reply to (?:mail|ehlo|helo)|after (?:pipelined )?(?:mail from|helo|ehlo|initial connection)/.test(text)

const AFTER_DATA =
  /in reply to (?:end of )?data|after (?:end of )?data|>>> data|at (?:end of )?data|message body\)|>>> \.(?: |$)/
