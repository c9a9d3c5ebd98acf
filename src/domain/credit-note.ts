/** What a credit note begins with, and how much it may take back. */
import Big from 'big.js'
import { withPositivePrices, withZeroRated } from './current-rules'
import type { DocumentContent, DocumentKind, DocumentStatus, Totals } from './document'
import { toDecimal } from './money'
import type { TaxCategory } from './tax-category'

export interface Creditable {
  kind: DocumentKind
  status: DocumentStatus
  /** Minor units. */
  total: number
  credited: number
}

/** Invoices and receipts that are issued; a credit note itself is never credited. */
export const mayBeCredited = ({ kind, status }: Creditable): boolean => kind !== 'credit_note' && status === 'final'

/** Minor units that credit notes may still take back. */
export const leftToCredit = (document: Creditable): number =>
  mayBeCredited(document) ? Math.max(0, document.total - document.credited) : 0

/** The same lines, prices and references, so that the whole is taken back to the last cent; its date is its own. */
export function creditContent(original: DocumentContent, language: string): DocumentContent {
  const { paidOn: _, paymentMethod: __, ...content } = original
  return currentRules({ ...content, language, issueDate: '', dueDate: '', paymentTermsDays: 0, notes: '' })
}

/** A document of before a rule was checked is taken back by the rules of today. */
const currentRules = (content: DocumentContent): DocumentContent => withZeroRated(withPositivePrices(content))

/** One document's taxes: what was charged, or what a credit note took back. */
export type Taxes = Totals['taxes']

/** « What is left of ACR-2026-0012 (20 %) » */
export type DescribeTax = (category: TaxCategory, rate: string) => string

/**
 * What credit notes have left of a document, one line for each category and rate. Prices include tax, so that the total is the rest
 * to the last cent, however the parts were rounded.
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
  const rest = new Map<string, Taxes[number]>()
  const add = ({ category, rate, base, tax }: Taxes[number], sign: 1 | -1) => {
    const key = `${category} ${new Big(rate).toFixed()}`
    const found = rest.get(key) ?? { category, rate, base: 0, tax: 0 }
    rest.set(key, { ...found, base: found.base + sign * base, tax: found.tax + sign * tax })
  }
  for (const tax of charged) add(tax, 1)
  for (const tax of credited.flat()) add(tax, -1)
  const lines = [...rest.values()]
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
