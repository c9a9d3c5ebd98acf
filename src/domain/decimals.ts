/** Parses and formats decimals; stores them as text ('1234.5'), never as floats. */
import Big from 'big.js'

/** Spaces of every width, and the apostrophes used in Switzerland: they can only group digits. */
const GROUPING_ONLY = /[\s\u00A0\u2009\u202F'’]/g
const MAX_CHARS = 40
const GROUPED = /^\d{1,3}(?:([.,])\d{3}(?:\1\d{3})*)?$/

/** Returns a language's grouping and decimal separators. */
function signsOf(locale: string): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(12345.6)
  const sign = (type: string, fallback: string) => parts.find((part) => part.type === type)?.value ?? fallback
  return { group: sign('group', ','), decimal: sign('decimal', '.') }
}

/**
 * Parses a typed decimal: '1.234,56' in German, '1,234.56' in English, '1 234,56' in French → '1234.56'; undefined for what is no number.
 * Comma and dot both begin decimals wherever they can't be grouping: in German '1.5' is one and a half, and '1.500' is 1500.
 */
export function parseDecimal(typed: string, locale: string): string | undefined {
  if (typed.length > MAX_CHARS) return undefined
  const text = typed.trim().replace('−', '-').replace(GROUPING_ONLY, '')
  const [, sign = '', digits = ''] = /^([+-]?)([\d.,]+)$/.exec(text) ?? []
  const [whole, fraction] = splitDecimal(digits, signsOf(locale).group)
  if (!/\d/.test(digits) || !isWhole(whole) || !/^\d*$/.test(fraction)) return undefined
  const plain = `${sign === '-' ? '-' : ''}${whole.replace(/\D/g, '') || '0'}.${fraction || '0'}`
  return canonical(plain)
}

/** Returns the canonical form: '1234.50' → '1234.5', '-0' → '0'. */
export function canonical(decimal: string): string {
  const value = new Big(decimal)
  return value.eq(0) ? '0' : value.toFixed()
}

/** Returns a decimal as a field shows it: '1234.5' → '1234,50' in German with two decimals at least, without grouping. */
export function typedDecimal(decimal: string, locale: string, minDecimals = 0): string {
  const value = new Big(decimal)
  const decimals = value.toFixed().split('.')[1]?.length ?? 0
  return value.toFixed(Math.max(decimals, minDecimals)).replace('.', signsOf(locale).decimal)
}

/** Counts the digits after the point of a canonical decimal. */
export const decimalsOf = (decimal: string): number => decimal.split('.')[1]?.length ?? 0

const isWhole = (text: string): boolean => /^\d*$/.test(text) || GROUPED.test(text)

function splitDecimal(digits: string, group: string): [whole: string, fraction: string] {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (last < 0) return [digits, '']
  const sign = digits.charAt(last)
  const repeated = digits.indexOf(sign) !== last
  const groups = repeated || (sign === group && /^[1-9]\d{0,2}\D\d{3}$/.test(digits))
  return groups ? [digits, ''] : [digits.slice(0, last), digits.slice(last + 1)]
}

/** Returns whether a decimal string is below zero; `-0` is not. */
export const isNegative = (decimal: string): boolean => Number(decimal) < 0
