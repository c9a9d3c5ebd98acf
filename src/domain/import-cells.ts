/** Reads the cells of a spreadsheet as the fields of a contact's form. */

import { CONTACT_FIELDS, type ContactField, type TypedContact } from './contact'
import { COUNTRIES, isCountry } from './countries'
import { unguardCell } from './csv'
import type { ImportColumns } from './import-columns'
import { BUILT_IN_LANGUAGES } from './languages'
import { searchKey } from './search-key'

/** The fields for which a line has a value; an empty cell is none. */
export type ImportCells = Partial<TypedContact>

const JOINED: Partial<Record<ContactField, string>> = { name: ' ', emails: ', ', lines: '\n', notes: '\n' }

export function readCells(cells: readonly string[], columns: ImportColumns): ImportCells {
  const read: ImportCells = {}
  columns.forEach((field, index) => {
    const whole = unguardCell(cells[index] ?? '')
    if (!field || whole.trim() === '') return
    // Notes may begin with a tab.
    const text = field === 'notes' ? whole : whole.trim()
    const before = read[field]
    const separator = JOINED[field]
    if (before === undefined) read[field] = text
    else if (separator !== undefined) read[field] = before + separator + text
  })
  for (const field of CONTACT_FIELDS) {
    const text = read[field]
    if (text !== undefined) read[field] = CODE_OF[field]?.(text) ?? text
  }
  return read
}

const PERSON =
  /^(person|personne|persona|privat|privatperson|privato|private|individual|individuo|particulier|particular|consumer|b2c)$/

const SYMBOLS: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' }

/** Turn a cell into a field's code; undefined for an unknown one, which stays as written and is checked like typed text. */
const CODE_OF: Partial<Record<ContactField, (text: string) => string | undefined>> = {
  kind: (text) => (PERSON.test(searchKey(text)) ? 'person' : 'company'),
  country: countryOf,
  language: languageOf,
  currency: (text) => SYMBOLS[text] ?? text.toUpperCase(),
}

const TAGS =
  'en fr de it es nl pt pl cs sk sl hr hu ro bg el sv da fi nb et lv lt ga mt tr uk ru ja zh ar he ca eu gl lb'

let countries: Map<string, string> | undefined
let languages: Map<string, string> | undefined

/** Reads a country's code, or its name in a built-in language. */
function countryOf(text: string): string | undefined {
  const code = text.toUpperCase()
  if (isCountry(code)) return code
  countries ??= new Map([...OTHER_COUNTRY_NAMES, ...namesOf(COUNTRIES, 'region')])
  return countries.get(searchKey(text).replaceAll('.', ''))
}

const OTHER_COUNTRY_NAMES: [string, string][] = [
  ['uk', 'GB'],
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['wales', 'GB'],
  ['great britain', 'GB'],
  ['usa', 'US'],
  ['holland', 'NL'],
  ['czech republic', 'CZ'],
  ['el', 'GR'],
]

/** Reads a BCP 47 tag, or the name of a language in a built-in language. */
function languageOf(text: string): string | undefined {
  languages ??= new Map(namesOf(TAGS.split(' '), 'language'))
  return (
    languages.get(searchKey(text)) ??
    (/^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(text) ? text.replaceAll('_', '-') : undefined)
  )
}

function namesOf(codes: readonly string[], type: 'region' | 'language'): [string, string][] {
  return BUILT_IN_LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames(language, { type, fallback: 'code' })
    return codes.map((code): [string, string] => [searchKey(names.of(code) ?? code), code])
  })
}
