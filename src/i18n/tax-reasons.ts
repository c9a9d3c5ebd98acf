/** Explains why there is no tax, in a document's language. */
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
 * Returns the text for a tax reason: the merchant's; else the one that the law of the seller's country prescribes to
 * small businesses, the one without reference to the EU directive for a seller outside the EU, or the built-in one.
 */
export function taxReasonIn(labels: Labels, reason: TaxReasonId, seller: TaxParty): string {
  const key = reasonKey(reason, seller.address.country)
  const t = labelTranslator(labels)
  if (labels.texts[key]) return t(key)
  const euWorded = EU_WORDED.find((euReason) => euReason === reason)
  if (euWorded && !isUnderEuVat(seller)) return builtInText(labels.base, `tax_reason_outside.${euWorded}`)
  return taxTextOf(seller.address.country, labels.base, key) ?? t(key)
}

function reasonKey(reason: TaxReasonId, sellerCountry: string): Key {
  if (reason !== 'small_business') return `tax_reason.${reason}`
  const country = SMALL_BUSINESS_COUNTRIES.find((code) => code === sellerCountry)
  return country ? `tax_reason.small_business.${country}` : 'tax_reason.small_business'
}

/**
 * Returns a document's tax reasons as they were frozen; for one issued before reasons were frozen, the texts of its
 * categories.
 */
export function taxReasonLines({ taxReasons, totals, language }: DocumentSnapshot): string[] {
  if (taxReasons) return taxReasons.map(({ text }) => text)
  const t = translator(languageFor(language))
  return usedReasonCategories(totals.taxes.map(({ category }) => category)).map((category) =>
    t(`tax_reason.${usualReason(category, [])}`),
  )
}
