/** Parses VAT identification numbers. */
import { ok, type Result, refuse } from './result'

/** Formats of the member states (European Commission, VIES FAQ, question 11); XI is Northern Ireland. */
const EU_FORMATS: Record<string, RegExp> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z0-9+*]{10}\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
}

/** VAT prefixes that differ from ISO 3166: Greece has EL, and Northern Ireland, part of GB, has XI. */
const PREFIX_OF: Record<string, string> = { GR: 'EL', GB: 'XI' }

/** Italy's tax code of a person (D.M. 12 March 1974); letters replace digits where two people had the same code. */
const CODICE_FISCALE = /^[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/

export const isCodiceFiscale = (number: string): boolean => CODICE_FISCALE.test(compactOf(number))

/** Returns the prefix of a number that has the format of a member state's VAT numbers; '' of any other. */
export function euVatPrefix(number: string): string {
  const compact = compactOf(number)
  const prefix = prefixOf(compact)
  return EU_FORMATS[prefix]?.test(compact.slice(2)) ? prefix : ''
}

const compactOf = (typed: string): string => typed.toUpperCase().replace(/[\s.\-/]+/g, '')

const prefixOf = (compact: string): string => {
  const letters = compact.slice(0, 2)
  return letters === 'GR' ? 'EL' : letters
}

/**
 * Parses a VAT number. One with a prefix of the EU is returned without the spaces, dots and hyphens that group it.
 * A number that begins with a member state's prefix but does not have its format is refused with `details.prefix`. Numbers of other
 * states (`CHE-123.456.789 MWST`) have no common form and stay as they are; so do those of a party outside the EU, whose numbers
 * may begin with the same letters (Mexico's RFC). Italian tax codes of people begin with letters of the surname, so that of Mr Ferrari looks
 * like a French number; but no VAT number is as long as a tax code. The format finds typing errors; a number may still not exist.
 */
export function parseVatId(typed: string, country: string): Result<string, 'vat_id_format'> {
  const compact = compactOf(typed)
  if (CODICE_FISCALE.test(compact)) return ok(compact)
  const prefix = prefixOf(compact)
  const format = EU_FORMATS[prefix]
  const outside = country !== '' && EU_FORMATS[PREFIX_OF[country] ?? country] === undefined
  if (format === undefined || outside) return ok(typed)
  return format.test(compact.slice(2)) ? ok(prefix + compact.slice(2)) : refuse('vat_id_format', { prefix })
}
