/** How long things are kept, by account; and how long the law wants issued documents kept. */
import type { AccountSettings } from './company'

export interface Retention {
  /** Exact mails and the history of deliveries. */
  mailMonths: number
  /** What providers reported, word for word. */
  eventDays: number
  /** Issued documents, from the end of the year of their date. */
  documentYears: number
}

export const MAIL_MONTHS = [6, 12, 24, 36, 60, 120] as const
export const EVENT_DAYS = [7, 14, 30, 90] as const
export const DOCUMENT_YEARS = [5, 6, 7, 8, 10, 12, 15, 20, 30] as const

/** No document goes sooner, whatever the account and its country. */
export const LEAST_DOCUMENT_YEARS = DOCUMENT_YEARS[0]

/** What holds where an account has set nothing. */
export const RETENTION_DEFAULTS: Retention = { mailMonths: 24, eventDays: 30, documentYears: 10 }

/**
 * Years for which invoices must be kept: AT § 132 BAO; BE art. 60 TVA; CH art. 958f OR; DE § 14b UStG; ES art. 30 CCom; FR art. L123-22
 * CCom; GB VAT Notice 700/21; IE VATCA s. 84; IT art. 2220 CC; LU art. 16 CCom; NL art. 52 AWR; PL art. 112 VAT; PT art. 52 CIVA; SE 7 kap. BFL.
 */
const LEAST_YEARS: Record<string, number> = {
  ...{ AT: 7, BE: 10, CH: 10, DE: 8, ES: 6, FR: 10, GB: 6, IE: 6, IT: 10, LU: 10, NL: 7, PL: 5, PT: 10, SE: 7 },
}

/** Where we don't know the rule, nothing is deleted before ten years. */
export const leastYears = (country: string): number => LEAST_YEARS[country] ?? 10

/** What holds for an account: what it has set, or ours; never less for documents than its country asks. */
export function retentionOf(settings: Pick<AccountSettings, 'retention'>, country: string): Retention {
  const retention = { ...RETENTION_DEFAULTS, ...settings.retention }
  return { ...retention, documentYears: Math.max(retention.documentYears, leastYears(country)) }
}

/** Epoch ms before which a mail is too old. */
export function mailCutoff(months: number, now: number): number {
  const date = new Date(now)
  const day = date.getUTCDate()
  date.setUTCMonth(date.getUTCMonth() - months)
  // Six months before 31 August there is no such day, and JavaScript would take one of March.
  if (date.getUTCDate() !== day) date.setUTCDate(0)
  return date.getTime()
}

/** The ISO date before which documents have been kept for all of these years. */
export const documentCutoff = (years: number, now: number): string => `${new Date(now).getUTCFullYear() - years}-01-01`
