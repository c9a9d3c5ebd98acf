/** Makes the content of a new document. */
import type { AccountSettings } from './company'
import type { Contact } from './contact'
import type { DocumentContent } from './document'
import { type TypedAdjustment, type TypedLine, taxOption } from './typed-content'

/** Returns a content that says nothing but its currency. */
export const emptyContent = (currency: string): DocumentContent => ({
  lines: [],
  adjustments: [],
  pricesIncludeTax: false,
  currency,
  language: '',
  issueDate: '',
  dueDate: '',
  paymentTermsDays: 0,
  supplyFrom: '',
  supplyTo: '',
  buyerReference: '',
  orderNumber: '',
  notes: '',
})

export const newContent = (settings: AccountSettings, contact?: Contact): DocumentContent => ({
  ...emptyContent(contact?.currency || settings.currency),
  paymentTermsDays: settings.paymentTermsDays,
})

/** Returns an empty line with the account's default tax. */
export function newTypedLine(id: string, { taxRates, defaultTaxRateId }: AccountSettings): TypedLine {
  const usual = taxRates.find((rate) => rate.id === defaultTaxRateId) ?? taxRates[0]
  return {
    id,
    description: '',
    quantity: '1',
    unit: 'C62',
    unitPrice: '',
    tax: usual ? taxOption(usual.category, usual.rate) : taxOption('O', '0'),
    discount: '',
  }
}

/** Returns an empty discount on the whole document, taxed as the first line is. */
export const newTypedAdjustment = (line: TypedLine | undefined, settings: AccountSettings): TypedAdjustment => ({
  type: 'allowance',
  reason: '',
  amount: '',
  tax: line?.tax || newTypedLine('', settings).tax,
})
