/** Makes the content of a new credit note, and computes how much it may credit. */
import Big from 'big.js'
import { withPositivePrices, withZeroRated } from './current-rules'
import type { DocumentContent, DocumentKind, DocumentSnapshot, DocumentStatus, Totals } from './document'
import { toDecimal } from './money'
import type { TaxCategory } from './tax-category'

export interface Creditable {
  kind: DocumentKind
  status: DocumentStatus
  /** Minor units. */
  total: number
  credited: number
  snapshot?: Pick<DocumentSnapshot, 'upload'> | null
}

/** Returns whether a document may be credited: issued invoices and receipts may, credit notes and what was made elsewhere may not. */
export const mayBeCredited = ({ kind, status, snapshot }: Creditable): boolean =>
  kind !== 'credit_note' && status === 'final' && !snapshot?.upload

/** Returns the minor units that credit notes may still credit. */
export const leftToCredit = (document: Creditable): number =>
  mayBeCredited(document) ? Math.max(0, document.total - document.credited) : 0

/** Returns the content of a credit note with the same lines, prices and references, so that it credits exactly the total. */
export function creditContent(original: DocumentContent, language: string): DocumentContent {
  const { paidOn: _, paymentMethod: __, ...content } = original
  return currentRules({ ...content, language, issueDate: '', dueDate: '', paymentTermsDays: 0, notes: '' })
}

/** Rewrites a content by current rules: it may have been issued before a rule was checked. */
const currentRules = (content: DocumentContent): DocumentContent => withZeroRated(withPositivePrices(content))

/** One document's taxes: those charged, or those that a credit note credits. */
export type Taxes = Totals['taxes']

/** Describes the line of one tax: « What is left of ACR-2026-0012 (20 %) ». */
export type DescribeTax = (category: TaxCategory, rate: string) => string

/** Returns what credit notes have left of each tax. */
export function restTaxes(charged: Taxes, credited: Taxes[]): Taxes {
  const rest = new Map<string, Taxes[number]>()
  const add = ({ category, rate, base, tax }: Taxes[number], sign: 1 | -1) => {
    const key = `${category} ${new Big(rate).toFixed()}`
    const found = rest.get(key) ?? { category, rate, base: 0, tax: 0 }
    rest.set(key, { ...found, base: found.base + sign * base, tax: found.tax + sign * tax })
  }
  for (const tax of charged) add(tax, 1)
  for (const tax of credited.flat()) add(tax, -1)
  return [...rest.values()]
}

/**
 * Returns a content that credits what earlier credit notes have left, one line for each category and rate. Prices include tax, so that
 * the total is exactly the rest, however the parts were rounded.
 */
export function restContent(
  original: DocumentContent,
  {
    language,
    charged,
    credited,
    describeTax,
  }: { language: string; charged: Taxes; credited: Taxes[]; describeTax: DescribeTax },
): DocumentContent {
  const lines = restTaxes(charged, credited)
    .filter(({ base, tax }) => base + tax !== 0)
    .map(({ category, rate, base, tax }, index) => ({
      id: `lin_rest_${index + 1}`,
      description: describeTax(category, rate),
      quantity: '1',
      unit: 'C62',
      unitPrice: new Big(toDecimal(base + tax, original.currency)).toFixed(),
      taxRate: rate,
      taxCategory: category,
    }))
  return creditContent({ ...original, pricesIncludeTax: true, adjustments: [], lines }, language)
}
