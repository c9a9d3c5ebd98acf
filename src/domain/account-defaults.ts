/** Makes the settings and the company of a new account. */
import type { AccountSettings, Company } from './company'
import type { BuiltInLanguage } from './languages'

/** Standard rates of value added tax, percent (European Commission, "VAT rates applied in the Member States", 2026; GB, CH and NO by their tax offices). */
const STANDARD_RATES: Record<string, string> = {
  AT: '20',
  BE: '21',
  BG: '20',
  CH: '8.1',
  CY: '19',
  CZ: '21',
  DE: '19',
  DK: '25',
  EE: '24',
  ES: '21',
  FI: '25.5',
  FR: '20',
  GB: '20',
  GR: '24',
  HR: '25',
  HU: '27',
  IE: '23',
  IT: '22',
  LI: '8.1',
  LT: '21',
  LU: '17',
  LV: '21',
  MT: '18',
  NL: '21',
  NO: '25',
  PL: '23',
  PT: '23',
  RO: '21',
  SE: '25',
  SI: '22',
  SK: '23',
}

const EURO = 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK'.split(' ')

const CURRENCY_OF: Record<string, string> = {
  ...Object.fromEntries(EURO.map((country) => [country, 'EUR'])),
  ...{ AU: 'AUD', BR: 'BRL', CA: 'CAD', CH: 'CHF', CN: 'CNY', CZ: 'CZK', DK: 'DKK', GB: 'GBP', HU: 'HUF', IN: 'INR' },
  ...{ IS: 'ISK', JP: 'JPY', KW: 'KWD', LI: 'CHF', MX: 'MXN', NO: 'NOK', NZ: 'NZD', PL: 'PLN', RO: 'RON', RS: 'RSD' },
  ...{ SE: 'SEK', SG: 'SGD', TR: 'TRY', UA: 'UAH', US: 'USD', ZA: 'ZAR' },
}

/** Returns the currency of a country, EUR where it is not listed. */
export const currencyOf = (country: string): string => CURRENCY_OF[country] ?? 'EUR'

/** First part of a tax rate's name. */
const TAX_NAMES: Record<BuiltInLanguage, { tax: string; exempt: string }> = {
  en: { tax: 'VAT', exempt: 'VAT exempt' },
  fr: { tax: 'TVA', exempt: 'Exonéré de TVA' },
  de: { tax: 'USt.', exempt: 'Steuerfrei' },
  it: { tax: 'IVA', exempt: 'Esente IVA' },
  es: { tax: 'IVA', exempt: 'Exento de IVA' },
}

/** Switzerland and Liechtenstein call the tax Mehrwertsteuer (MWSTG), and supplies that art. 21 exempts "ausgenommen". */
const SWISS_GERMAN_NAMES = { tax: 'MWST', exempt: 'Von der MWST ausgenommen' }

function taxNamesOf(language: BuiltInLanguage, country: string): { tax: string; exempt: string } {
  if (language === 'de' && (country === 'CH' || country === 'LI')) return SWISS_GERMAN_NAMES
  return TAX_NAMES[language]
}

export interface Origin {
  country: string
  currency: string
  language: BuiltInLanguage
  timeZone: string
}

const MINUTE_MS = 60_000

/** The batch windows that an account can choose. */
export const BATCH_WINDOWS_MS = [0, 10_000, ...[1, 2, 5, 10, 30, 60].map((minutes) => minutes * MINUTE_MS)]
const DEFAULT_BATCH_WINDOW_MS = 2 * MINUTE_MS

/** The lifetimes of customers' links that an account can choose. */
export const LINK_EXPIRY_MONTHS = [1, 3, 6, 12, 24, 36, 60, 120]
const DEFAULT_LINK_EXPIRY_MONTHS = 12

export function initialSettings({ country, currency, language, timeZone }: Origin): AccountSettings {
  const { tax, exempt } = taxNamesOf(language, country)
  const rate = STANDARD_RATES[country]
  const decimal = language === 'en' ? rate : rate?.replace('.', ',')
  const standard = rate ? [{ id: 'tax_standard', name: `${tax} ${decimal} %`, rate, category: 'S' as const }] : []
  return {
    currency,
    language,
    timeZone,
    paymentTermsDays: 30,
    taxRates: [...standard, { id: 'tax_exempt', name: exempt, rate: '0', category: 'E' }],
    defaultTaxRateId: rate ? 'tax_standard' : 'tax_exempt',
    batchWindowMs: DEFAULT_BATCH_WINDOW_MS,
    attachPdf: true,
    linkExpiryMonths: DEFAULT_LINK_EXPIRY_MONTHS,
    numberPatterns: { invoice: '{YYYY}-{0000}', receipt: 'R-{YYYY}-{0000}', credit_note: 'CN-{YYYY}-{0000}' },
  }
}

export const initialCompany = (legalName: string, country: string): Company => ({
  legalName,
  tradingName: '',
  address: { lines: [], postcode: '', town: '', region: '', country },
  vatId: '',
  taxNumber: '',
  register: '',
  registerNumber: '',
  legalForm: '',
  legalNote: '',
  email: '',
  phone: '',
  website: '',
  iban: '',
  bic: '',
  paymentNote: '',
  footer: '',
})
