/**
 * Reads the tax ids of a customer (docs.stripe.com/billing/customer/tax-ids). There are more than a hundred types;
 * those ending in `_vat` are VAT.
 */
import { type Json, text } from './json'

export interface TaxId {
  /** `txi_…`; empty where only the number is known. */
  id: string
  /** `eu_vat`, `au_abn`, `us_ein`, … */
  type: string
  value: string
}

export const taxIdFrom = ({ id, type, value }: Json): TaxId => ({ id: text(id), type: text(type), value: text(value) })

/** Returns the tax id that a document prints: VAT if there is one, else the first of any type. Empty = none. */
export const printedTaxId = (ids: TaxId[]): string =>
  (ids.find(({ type, value }) => value !== '' && type.endsWith('_vat')) ?? ids.find(({ value }) => value !== ''))
    ?.value ?? ''
