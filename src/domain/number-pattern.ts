/** Parses patterns of document numbers and formats numbers: text, at most one year, and one counter: `INV-{YYYY}-{0000}` → INV-2026-0042. */
import { ok, type Result, refuse } from './result'

export const NUMBER_PATTERN_MAX_LENGTH = 40
const COUNTER = /\{(0{1,9})\}/
const YEAR = /\{(YYYY|YY)\}/

/** Details that the texts of refusals quote; braces in a text would be read as its placeholders. */
const QUOTED = { max: NUMBER_PATTERN_MAX_LENGTH, zeros: '{0000}', year: '{YYYY}', shortYear: '{YY}' }

export type PatternProblem =
  | 'pattern_too_long'
  | 'pattern_no_counter'
  | 'pattern_bad_part'
  | 'pattern_bad_character'
  | 'pattern_french'

/**
 * French e-invoices (rules BR-FR-01 and BR-FR-02 of the DGFiP's external specifications, in force since 1 September 2026): a number has
 * at most 35 characters, A to Z, a to z, 0 to 9 and + - _ / only.
 */
const FRENCH = { countries: ['FR', 'MC'], maxLength: 35, text: /^[A-Za-z0-9+_/-]*$/ } as const
/** A counter may outgrow its zeros. */
const COUNTER_MAX_DIGITS = 9

/** A pattern for one period: the counter stands between the two texts, padded with zeros to `width`. */
export interface NumberFormat {
  /** The year whose counter it is, '' for a pattern without one. */
  period: string
  before: string
  width: number
  after: string
}

/** Parses a pattern, and checks it against the rules of the seller's country. */
export function parseNumberPattern(text: string, country: string): Result<string, PatternProblem> {
  const pattern = text.trim()
  if (pattern.length > NUMBER_PATTERN_MAX_LENGTH) return refuse('pattern_too_long', QUOTED)
  if (!COUNTER.test(pattern)) return refuse('pattern_no_counter', QUOTED)
  const rest = pattern.replace(COUNTER, '').replace(YEAR, '')
  if (/[{}]/.test(rest)) return refuse('pattern_bad_part', QUOTED)
  if (!/^[\p{L}\p{N} ._/#№+-]*$/u.test(rest)) return refuse('pattern_bad_character')
  return isFrench(country) && !fitsFrance(pattern, rest)
    ? refuse('pattern_french', { max: FRENCH.maxLength })
    : ok(pattern)
}

export const isFrench = (country: string): boolean => (FRENCH.countries as readonly string[]).includes(country)

function fitsFrance(pattern: string, rest: string): boolean {
  const year = YEAR.exec(pattern)?.[1]?.length ?? 0
  return FRENCH.text.test(rest) && rest.length + year + COUNTER_MAX_DIGITS <= FRENCH.maxLength
}

/** Returns the format that a valid pattern gives for a document issued on `issueDate`. */
export function numberFormat(pattern: string, issueDate: string): NumberFormat {
  const year = issueDate.slice(0, 4)
  const found = YEAR.exec(pattern)
  const dated = found ? pattern.replace(YEAR, found[1] === 'YY' ? year.slice(2) : year) : pattern
  const [before = '', zeros = '0', after = ''] = dated.split(COUNTER)
  return { period: found ? year : '', before, width: zeros.length, after }
}

/** Formats a number. A counter with more digits than the pattern's zeros is written in full: {00} → 100. */
export const formatNumber = ({ before, width, after }: NumberFormat, counter: number): string =>
  `${before}${String(counter).padStart(width, '0')}${after}`
