/** Describes a document: what the person typed (`DocumentContent`), and what was frozen when it was finalised (`DocumentSnapshot`). */
import type { Address, Company } from './company'
import type { Labels } from './labels'
import type { Logo } from './logo'
import type { TaxCategory } from './tax-category'
import type { ReasonCategory, TaxReason } from './tax-reasons'

export const DOCUMENT_KINDS = ['invoice', 'receipt', 'credit_note'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
export type DocumentStatus = 'draft' | 'final'

/** How a receipt was paid. In EN 16931 (BT-81, UNCL 4461): 48, 58, 10, 59, 20, 68, 1. */
export const PAYMENT_METHODS = ['card', 'transfer', 'cash', 'direct_debit', 'cheque', 'online', 'other'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

export interface Line {
  id: string
  description: string
  /** Decimal string. */
  quantity: string
  /** UN/ECE Recommendation 20 code, `C62` = piece. */
  unit: string
  /** Decimal string in the document's currency; with tax when `pricesIncludeTax`. */
  unitPrice: string
  /** Percent as a decimal string. */
  taxRate: string
  taxCategory: TaxCategory
  /** A decimal percent ('10%') or a decimal amount off the line; absent = none. */
  discount?: { type: 'percent' | 'amount'; value: string }
}

/** Document-level charge (+) or allowance (−), EN 16931 BG-20/BG-21. */
export interface Adjustment {
  type: 'charge' | 'allowance'
  reason: string
  /** Decimal string in the document's currency. */
  amount: string
  /** A decimal percent (BT-94, BT-101) of the lines with the same tax; `amount` is its result. Absent = the amount was typed. */
  percent?: string
  taxRate: string
  taxCategory: TaxCategory
}

export interface DocumentContent {
  lines: Line[]
  adjustments: Adjustment[]
  pricesIncludeTax: boolean
  /** ISO 4217. */
  currency: string
  /** BCP 47; empty = the contact's, else the account's. */
  language: string
  /** ISO date; empty = the day it is finalised. */
  issueDate: string
  /** ISO date; empty = issue date + terms. */
  dueDate: string
  paymentTermsDays: number
  /** Date or period of supply, ISO dates; both empty = same as issue date; only `from` = one day. */
  supplyFrom: string
  supplyTo: string
  buyerReference: string
  orderNumber: string
  notes: string
  /** Receipts: when and how it was paid. ISO date; absent = the issue date. */
  paidOn?: string
  paymentMethod?: PaymentMethod
  /** Why there is no tax, where a person chose the reason or wrote its text; one for each category at most. */
  taxReasons?: TaxReason[]
}

export interface Buyer {
  kind: 'person' | 'company'
  name: string
  address: Address
  vatId: string
}

/** All amounts in minor units of the document's currency. */
export interface Totals {
  /** Per line, in the order of the lines: what the line column shows (net, or gross when prices include tax). */
  lineAmounts: number[]
  /** Per (category, rate), sorted by rate, highest first. */
  taxes: { category: TaxCategory; rate: string; base: number; tax: number }[]
  net: number
  tax: number
  total: number
}

/** A finalised (or previewed) document: everything that its PDF, its page and its mails need, and nothing that can change later. */
export interface DocumentSnapshot {
  kind: DocumentKind
  /** Empty on a draft: the PDF marks it. */
  number: string
  test: boolean
  language: string
  /** Its labels; absent on documents issued before accounts could have custom ones. */
  labels?: Labels
  currency: string
  issueDate: string
  /** Empty on receipts and credit notes. */
  dueDate: string
  /** On receipts: ISO date, and the method if it is known. */
  paid?: { on: string; method?: PaymentMethod }
  seller: Company
  buyer: Buyer
  content: DocumentContent
  totals: Totals
  /** EN 16931 BT-121 (empty where there is no code) and BT-120, of each category that needs them. Absent on older documents. */
  taxReasons?: { category: ReasonCategory; code: string; text: string }[]
  /** The document this one credits. */
  refersTo?: { kind?: 'invoice' | 'receipt'; number: string; issueDate: string }
  /** Shown in place of the seller's name. */
  logo?: Logo
  /** The PDF of a document made elsewhere, which is the document; its content has no lines. */
  upload?: UploadedPdf
}

export interface UploadedPdf {
  /** Key of the object in R2. */
  key: string
  /** Hex. */
  sha256: string
  bytes: number
}
