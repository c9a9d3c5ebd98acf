/** How document numbers are written: text, at most one year, and one counter: `INV-{YYYY}-{0000}` → INV-2026-0042. */
import { ok, type Result, refuse } from './result'

export const NUMBER_PATTERN_MAX_LENGTH = 40
const COUNTER = /\{(0{1,9})\}/
const YEAR = /\{(YYYY|YY)\}/

/** What the sentences of refusals quote; braces in a text would be taken for its placeholders. */
const QUOTED = { max: NUMBER_PATTERN_MAX_LENGTH, zeros: '{0000}', year: '{YYYY}', shortYear: '{YY}' }

export type PatternProblem = 'pattern_too_long' | 'pattern_no_counter' | 'pattern_bad_part' | 'pattern_bad_character'

/** A pattern for one period: the counter stands between the two texts, padded with zeros to `width`. */
export interface NumberFormat {
  /** The year whose counter it is, '' for a pattern without one. */
  period: string
  before: string
  width: number
  after: string
}

/** The pattern, trimmed, or what is wrong with it. */
export function parseNumberPattern(text: string): Result<string, PatternProblem> {
  const pattern = text.trim()
  if (pattern.length > NUMBER_PATTERN_MAX_LENGTH) return refuse('pattern_too_long', QUOTED)
  if (!COUNTER.test(pattern)) return refuse('pattern_no_counter', QUOTED)
  const rest = pattern.replace(COUNTER, '').replace(YEAR, '')
  if (/[{}]/.test(rest)) return refuse('pattern_bad_part', QUOTED)
  return /^[\p{L}\p{N} ._/#№-]*$/u.test(rest) ? ok(pattern) : refuse('pattern_bad_character')
}

/** What a valid pattern means for a document issued on `issueDate`. */
export function numberFormat(pattern: string, issueDate: string): NumberFormat {
  const year = issueDate.slice(0, 4)
  const found = YEAR.exec(pattern)
  const dated = found ? pattern.replace(YEAR, found[1] === 'YY' ? year.slice(2) : year) : pattern
  const [before = '', zeros = '0', after = ''] = dated.split(COUNTER)
  return { period: found ? year : '', before, width: zeros.length, after }
}

/** A counter that outgrows its zeros is written in full: {00} → 100. */
export const formatNumber = ({ before, width, after }: NumberFormat, counter: number): string =>
  `${before}${String(counter).padStart(width, '0')}${after}`
