/** Parses e-mail addresses as people type and paste them; refuses the rest with a reason. */
import { ok, type Refused, type Result, refuse } from './result'

/** Most addresses of a contact. */
export const MAX_EMAILS = 3

export const EMAIL_PROBLEMS = [
  'email_no_at',
  'email_several_at',
  'email_space',
  'email_empty_local',
  'email_local_dots',
  'email_local_not_ascii',
  'email_character',
  'email_local_too_long',
  'email_too_long',
  'email_empty_domain',
  'email_domain_no_dot',
  'email_domain_dots',
  'email_domain_address',
  'email_domain_invalid',
  'email_too_many',
] as const
export type EmailProblem = (typeof EMAIL_PROBLEMS)[number]

export interface EmailAddresses {
  /** At most `max`, ASCII, no two with the same `addressKey`, in the order they were typed. */
  addresses: string[]
  /** One for each part that is no address or one too many; `details.text` is that part. */
  problems: Refused<EmailProblem>[]
}

/**
 * Parses one field: up to `max` addresses separated by commas, or by semicolons and line breaks, as pasted from elsewhere.
 * An empty field gives no address and no problem.
 */
export function parseEmailAddresses(field: string, max = MAX_EMAILS): EmailAddresses {
  if (field.length > MAX_FIELD_CHARS) return { addresses: [], problems: [refuse('email_too_long', named(field))] }
  const found: EmailAddresses = { addresses: [], problems: [] }
  const keys = new Set<string>()
  for (const part of splitAddresses(field)) {
    const parsed = parseEmailAddress(part)
    if (!parsed.ok) found.problems.push(parsed)
    else if (keys.has(addressKey(parsed.value))) continue
    else if (keys.add(addressKey(parsed.value)).size > max)
      found.problems.push(refuse('email_too_many', { ...named(parsed.value), max }))
    else found.addresses.push(parsed.value)
  }
  return found
}

/** Returns stored addresses as the field shows them; parsed again it gives the same ones. */
export const formatEmailAddresses = (addresses: readonly string[]): string => addresses.join(', ')

/**
 * Parses one address, also as `Name <a@b>` or `mailto:a@b`: ASCII, the local part as typed, the domain lower-case and IDNA-encoded.
 * RFC 5321 lengths (64, 254) and dot-atoms only: quoted local parts, address literals and SMTPUTF8 are refused, since too many
 * servers refuse them.
 */
export function parseEmailAddress(typed: string): Result<string, EmailProblem> {
  if (typed.length > MAX_FIELD_CHARS) return refuse('email_too_long', named(typed))
  const text = unwrap(clean(typed))
  const wrong = (reason: EmailProblem, details: Record<string, string> = {}) =>
    refuse(reason, { ...named(text), ...details })
  if (/[\s\p{Cc}]/u.test(text)) return wrong('email_space')
  const [local = '', domain, ...rest] = text.split('@')
  if (domain === undefined) return wrong('email_no_at')
  if (rest.length > 0) return wrong('email_several_at')
  const problem = localProblem(local)
  if (problem) return wrong(problem, { character: local.match(NOT_ATEXT)?.[0] ?? '' })
  const host = parseDomain(domain)
  if (!host.ok) return wrong(host.reason)
  const address = `${local}@${host.value}`
  return address.length > MAX_ADDRESS_CHARS ? wrong('email_too_long') : ok(address)
}

/** Returns the key under which addresses count as one mailbox (suppressions, duplicates): ASCII lower-case, as SQLite's `lower()`. */
export const addressKey = (address: string): string => address.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/**
 * Returns the key under which mails to one mailbox are counted: `anna+a@…` and `anna+b@…` are delivered to the same person (RFC 5233).
 * Only for limits: elsewhere a tag makes another address.
 */
export const mailboxKey = (address: string): string => addressKey(address).replace(/^([^+@]+)\+[^@]*@/, '$1@')

const MAX_FIELD_CHARS = 4000
const MAX_LOCAL_CHARS = 64
const MAX_ADDRESS_CHARS = 254

/** Invisible characters that pasted text contains: zero-width, bidi, soft hyphen, BOM, fillers; and controls but line breaks and tabs. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?![\t\n\r\v\f\x85])\p{Cc}/gu
/** RFC 5322 atext and the dot. */
const NOT_ATEXT = /[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]/u
/** Letters, marks and digits of any script, hyphen, and the characters that IDNA reads as a dot. */
const NOT_HOST = /[^\p{L}\p{M}\p{N}.。．｡-]/u
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** Splits a field into addresses. Inside quotes a comma belongs to a name: `"Dupré, Anna" <anna@example.org>`. */
const splitAddresses = (field: string): string[] =>
  (field.replace(INVISIBLE, '').match(/(?:"[^"\r\n]*"|[^,;\r\n\v\f\x85\u2028\u2029])+/gu) ?? []).filter(
    (part) => part.trim() !== '',
  )

const clean = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .trim()
    .replace(/\s*@\s*/gu, '@')

function unwrap(text: string): string {
  const inner = /<([^<>]*)>$/u.exec(text)?.[1]?.trim() ?? text
  if (!/^mailto:/i.test(inner)) return inner
  const path = inner.slice('mailto:'.length).split('?')[0] ?? ''
  try {
    return clean(decodeURIComponent(path))
  } catch {
    return path
  }
}

function localProblem(local: string): EmailProblem | undefined {
  if (local === '') return 'email_empty_local'
  if (/[^\x20-\x7e]/u.test(local)) return 'email_local_not_ascii'
  if (NOT_ATEXT.test(local)) return 'email_character'
  if (/^\.|\.\.|\.$/.test(local)) return 'email_local_dots'
  return local.length > MAX_LOCAL_CHARS ? 'email_local_too_long' : undefined
}

function parseDomain(domain: string): Result<string, EmailProblem> {
  if (domain === '') return refuse('email_empty_domain')
  if (NOT_HOST.test(domain)) return refuse(domain.startsWith('[') ? 'email_domain_address' : 'email_domain_invalid')
  const dotted = domain.replace(/[。．｡]/gu, '.')
  if (/^\.|\.\.|\.$/.test(dotted)) return refuse('email_domain_dots')
  if (!dotted.includes('.')) return refuse('email_domain_no_dot')
  const host = URL.parse(`http://${dotted}/`)?.hostname ?? ''
  if (/^[\d.]+$/.test(host)) return refuse('email_domain_address')
  return HOST.test(host) ? ok(host) : refuse('email_domain_invalid')
}

/** Returns the start of a part, enough to find it in the field. */
const named = (text: string): { text: string } => ({
  text: text.length > 80 ? `${text.slice(0, 79)}…` : text,
})
