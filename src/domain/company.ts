/** Describes the merchant's side of a document: the seller, and the settings of its account. */

import type { Retention } from './retention'
import type { TaxCategory } from './tax-category'
import type { TaxReasonId } from './tax-reasons'

export interface Address {
  /** Street and number, one to three lines. */
  lines: string[]
  postcode: string
  town: string
  region: string
  /** ISO 3166-1 alpha-2. */
  country: string
}

export interface TaxRate {
  id: string
  name: string
  /** Percent as a decimal string: '20', '5.5', '0'. */
  rate: string
  category: TaxCategory
  /** Why there is no tax; absent = the category's usual reason. */
  reason?: TaxReasonId
}

/** The tax of a line or an adjustment. */
export type Tax = Pick<TaxRate, 'rate' | 'category'>

export interface Company {
  legalName: string
  tradingName: string
  address: Address
  vatId: string
  taxNumber: string
  register: string
  registerNumber: string
  legalForm: string
  legalNote: string
  /** Where customers' replies go. */
  email: string
  phone: string
  website: string
  iban: string
  bic: string
  /** Free text beside the bank details. */
  paymentNote: string
  footer: string
}

/** The account's settings; documents copy what they need when they are made. */
export interface AccountSettings {
  currency: string
  /** BCP 47, of documents and mails when the contact has none. */
  language: string
  /** The account's languages, BCP 47, in their order; absent = the built-in ones (`languages.ts`). */
  languages?: string[]
  /** IANA zone; decides which day it is. */
  timeZone: string
  paymentTermsDays: number
  taxRates: TaxRate[]
  defaultTaxRateId: string
  /** Time between a click and the mail, in which it can be undone. */
  batchWindowMs: number
  attachPdf: boolean
  /** Sends receipts and credit notes that were made automatically as soon as they are issued. Absent = not. */
  autosend?: boolean
  /** Tax included in the prices of automatic documents whose source names no tax. Null or absent = not chosen: they stay drafts. */
  automaticTax?: Tax | null
  /** The merchant's address for a copy of every mailed document, by kind; absent = none. */
  copiesTo?: Partial<Record<'invoice' | 'receipt' | 'credit_note', string>>
  /** Months for which a link to the hosted page works. */
  linkExpiryMonths: number
  /** Number patterns by kind: text with {YYYY} or {YY} and one run of zeros in braces for the counter: `INV-{YYYY}-{0000}`. */
  numberPatterns: { invoice: string; receipt: string; credit_note: string }
  /** How long things are kept; absent = `RETENTION_DEFAULTS`. */
  retention?: Retention
}

export const displayName = (company: Pick<Company, 'legalName' | 'tradingName'>): string =>
  company.tradingName || company.legalName
