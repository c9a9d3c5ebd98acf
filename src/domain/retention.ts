/** Defines how long an account's data is kept, and how long the law requires issued documents to be kept. */
import { addMonths } from './calendar'

export interface Retention {
  /** Exact mails and the history of deliveries, with the views and downloads by their links. */
  mailMonths: number
  /** Providers' events, as received. */
  eventDays: number
  /** Issued documents, from the end of the calendar year in which the financial year of their date ends. */
  documentYears: number
  /** Month (1 to 12) at whose end the account's financial year ends; absent = not known. */
  financialYearEnd?: number
}

export const MAIL_MONTHS = [6, 12, 24, 36, 60, 120] as const
export const EVENT_DAYS = [7, 14, 30, 90] as const
export const DOCUMENT_YEARS = [5, 6, 7, 8, 10, 11, 12, 15, 20, 30] as const
export const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const

/** Shortest retention of documents, whatever the account and its country. */
export const LEAST_DOCUMENT_YEARS = DOCUMENT_YEARS[0]

/** Retention of an account that has set nothing. */
export const RETENTION_DEFAULTS: Retention = { mailMonths: 24, eventDays: 30, documentYears: 10 }

/**
 * Years for which invoices must be kept, by country of the seller: AT § 132 BAO; BE art. 60 §§ 3 and 4 CTVA (seven since the law of
 * 18 December 2025, art. 97 and 101); CH art. 958f OR; DE § 14b (1) UStG; ES art. 30 CCom; FR art. L123-22 CCom; GB VATA 1994 sch. 11
 * para. 6 and Companies Act; HR art. 14 Zakon o računovodstvu (NN 85/2024); IE VATCA 2010 s. 84 (3); IT art. 2220 CC; LU art. 16 CCom;
 * NL art. 52 AWR; PT art. 52 CIVA; SE 7 kap. 2 § BFL. PL: five years from the end of the year in which the tax fell due (art. 112 VAT,
 * art. 70 § 1 Ordynacja podatkowa); the tax of December falls due in January, so six from the end of the year of the date.
 */
const LEAST_YEARS: Record<string, number> = {
  ...{ AT: 7, BE: 7, CH: 10, DE: 8, ES: 6, FR: 10, GB: 6, HR: 11, IE: 6, IT: 10, LU: 10, NL: 7, PL: 6, PT: 10, SE: 7 },
}

/**
 * Countries whose period runs from a calendar year, whatever the financial year is: BE from 1 January after the date, DE § 14b (1) UStG
 * from the end of the year of issue, IE from the transaction, PL and PT from the end of the civil year. Elsewhere it runs from the end of
 * the financial year (CH, ES, FR, GB, HR, IT, LU) or of the calendar year in which that ends (AT § 132 BAO, SE 7 kap. 2 § BFL), or the
 * rule is not known, and the later of both is safe.
 */
const BY_CALENDAR_YEAR: readonly string[] = ['BE', 'DE', 'IE', 'PL', 'PT']

export const countsFinancialYears = (country: string): boolean => !BY_CALENDAR_YEAR.includes(country)

/** Returns whether `leastYears` comes from the country's law, and is not the cautious default. */
export const isRuleKnown = (country: string): boolean => country in LEAST_YEARS

/** Returns the fewest years for a country; ten where its rule is not known. */
export const leastYears = (country: string): number => LEAST_YEARS[country] ?? 10

/** Returns an account's periods: its own or the defaults, and for documents never less than its country requires. */
export function retentionOf(settings: { retention?: Retention }, country: string): Retention {
  const retention = { ...RETENTION_DEFAULTS, ...settings.retention }
  return { ...retention, documentYears: Math.max(retention.documentYears, leastYears(country)) }
}

/** Returns the moment (epoch ms) before which a mail is too old. */
export const mailCutoff = (months: number, now: number): number => addMonths(now, -months)

/**
 * Returns the ISO date before which documents have been kept for all of these years after the calendar year in which their financial
 * year ended. A financial year of more than twelve months is not provided for.
 * @param lastMonth of the financial year; 12 where the calendar year counts, 0 for a year that may end in any month
 */
export function documentCutoff(years: number, now: number, lastMonth: number): string {
  const endedIn = new Date(now).getUTCFullYear() - years - 1
  return lastMonth === 12 ? `${endedIn + 1}-01-01` : `${endedIn}-${String(lastMonth + 1).padStart(2, '0')}-01`
}

/** Returns the `lastMonth` of `documentCutoff`: as long as an account has not said when its financial year ends, one year more is kept. */
export const lastMonthOf = ({ financialYearEnd }: Retention, country: string): number =>
  countsFinancialYears(country) ? (financialYearEnd ?? 0) : 12
