/** Why there is no tax, in a document's language. */
import type { DocumentSnapshot } from '../domain/document'
import { SMALL_BUSINESS_COUNTRIES, type TaxReasonId, usedReasonCategories, usualReason } from '../domain/tax-reasons'
import { type Language, languageFor, type Translate, translator } from './'

/** What the law of the seller's country wants to read of a small business; our words of any other reason. */
export const taxReasonText = (language: Language, reason: TaxReasonId, sellerCountry: string): string =>
  taxReasonIn(translator(language), reason, sellerCountry)

/** The same in the words of a document, which may be the merchant's own. */
export function taxReasonIn(t: Translate, reason: TaxReasonId, sellerCountry: string): string {
  if (reason !== 'small_business') return t(`tax_reason.${reason}`)
  const country = SMALL_BUSINESS_COUNTRIES.find((one) => one === sellerCountry)
  return t(country ? `tax_reason.small_business.${country}` : 'tax_reason.small_business')
}

/** What a document says of it: as it was frozen, or of an old one our words for its categories. */
export function taxReasonLines({ taxReasons, totals, language, seller }: DocumentSnapshot): string[] {
  if (taxReasons) return taxReasons.map(({ text }) => text)
  return usedReasonCategories(totals.taxes.map(({ category }) => category)).map((category) =>
    taxReasonText(languageFor(language), usualReason(category, []), seller.address.country),
  )
}
