/** Why there is no tax, in a document's language. */
import type { DocumentSnapshot } from '../domain/document'
import { isUnderEuVat, type TaxParty } from '../domain/eu-vat'
import type { Labels } from '../domain/labels'
import {
  EU_WORDED,
  SMALL_BUSINESS_COUNTRIES,
  type TaxReasonId,
  usedReasonCategories,
  usualReason,
} from '../domain/tax-reasons'
import { taxTextOf } from './country-labels'
import { builtInText, type Key, languageFor, translator } from './index'
import { labelTranslator } from './labels'

/**
 * Returns what a document says: the merchant's own words; else what the law of the seller's country wants to read of a small business,
 * what a seller outside the EU says without the directive, or ours.
 */
export function taxReasonIn(labels: Labels, reason: TaxReasonId, seller: TaxParty): string {
  const key = reasonKey(reason, seller.address.country)
  const t = labelTranslator(labels)
  if (labels.texts[key]) return t(key)
  const euWorded = EU_WORDED.find((one) => one === reason)
  if (euWorded && !isUnderEuVat(seller)) return builtInText(labels.base, `tax_reason_outside.${euWorded}`)
  return taxTextOf(seller.address.country, labels.base, key) ?? t(key)
}

function reasonKey(reason: TaxReasonId, sellerCountry: string): Key {
  if (reason !== 'small_business') return `tax_reason.${reason}`
  const country = SMALL_BUSINESS_COUNTRIES.find((one) => one === sellerCountry)
  return country ? `tax_reason.small_business.${country}` : 'tax_reason.small_business'
}

/** What a document says of it: as it was frozen, or on one issued before reasons were frozen the words for its categories. */
export function taxReasonLines({ taxReasons, totals, language }: DocumentSnapshot): string[] {
  if (taxReasons) return taxReasons.map(({ text }) => text)
  const t = translator(languageFor(language))
  return usedReasonCategories(totals.taxes.map(({ category }) => category)).map((category) =>
    t(`tax_reason.${usualReason(category, [])}`),
  )
}
