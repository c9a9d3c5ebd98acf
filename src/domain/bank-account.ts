/** Parses IBAN (ISO 13616) and BIC (ISO 9362): finds typing errors; doesn't check that the account exists. */
import { electronicFormatIBAN, isValidBIC, ValidationErrorsIBAN, validateIBAN } from 'ibantools'
import { ok, type Result, refuse } from './result'

export type IbanProblem = 'iban_country' | 'iban_length' | 'iban_digits'

/** Parses an IBAN; returns it in capitals without spaces. */
export function parseIban(typed: string): Result<string, IbanProblem> {
  const iban = electronicFormatIBAN(typed) ?? ''
  const { valid, errorCodes } = validateIBAN(iban)
  if (valid) return ok(iban)
  if (errorCodes.includes(ValidationErrorsIBAN.NoIBANCountry)) return refuse('iban_country')
  if (errorCodes.includes(ValidationErrorsIBAN.WrongBBANLength)) return refuse('iban_length')
  return refuse('iban_digits')
}

/** Parses a BIC; returns its eight or eleven characters in capitals. */
export function parseBic(typed: string): Result<string, 'bic_invalid'> {
  const bic = typed.replace(/\s/g, '').toUpperCase()
  return isValidBIC(bic) ? ok(bic) : refuse('bic_invalid')
}

/** Formats an IBAN in groups of four characters (ISO 13616), separated by `space`. */
export const groupedIban = (iban: string, space = ' '): string =>
  iban.replace(/\s/g, '').replace(/.{4}(?=.)/g, `$&${space}`)
