/** What the numbers and the tax of a seller or a buyer are called in their country, in a document's language. */

import type { Company } from '../domain/company'
import type { Buyer } from '../domain/document'
import { euStateOf, type TaxParty } from '../domain/eu-vat'
import type { Labels, LabelTexts } from '../domain/labels'
import type { BuiltInLanguage } from '../domain/languages'
import { taxNumberName } from '../domain/tax-number'
import { isCodiceFiscale } from '../domain/vat-id'
import { builtInText, type Key } from './index'

/** Words of the tax itself that differ from ours in a country that shares one of our languages: Switzerland's law says MWST (MWSTG). */
const SWISS_GERMAN: LabelTexts = {
  'document.column.tax': 'MWST',
  'document.pricesIncludeTax': 'Alle Preise inklusive MWST.',
  'document.tax': 'MWST',
  'document.taxes.tax': 'MWST',
  'tax_reason.exempt': 'Von der MWST ausgenommen.',
  'tax_reason.outside_scope': 'Nicht der MWST unterliegend.',
  'tax_reason.small_business': 'Von der Steuerpflicht befreit (Art. 10 Abs. 2 MWSTG): Es wird keine MWST berechnet.',
}
const TAX_TEXTS: Record<string, Partial<Record<BuiltInLanguage, LabelTexts>>> = {
  CH: { de: SWISS_GERMAN },
  // Liechtenstein's law is its own, its tax Switzerland's.
  LI: {
    de: {
      ...SWISS_GERMAN,
      'tax_reason.small_business': 'Von der Steuerpflicht befreit: Es wird keine MWST berechnet.',
    },
  },
}

/** What VAT numbers are called where our word is another country's: § 11 of the Austrian UStG, MWSTG art. 26. */
const NUMBER_TEXTS: typeof TAX_TEXTS = {
  AT: { de: { 'document.vatId': 'UID-Nr.', 'document.buyerVatId': 'Ihre UID-Nr.' } },
  CH: { de: { 'document.vatId': 'MWST-Nr.', 'document.buyerVatId': 'Ihre MWST-Nr.' } },
  LI: { de: { 'document.vatId': 'MWST-Nr.', 'document.buyerVatId': 'Ihre MWST-Nr.' } },
}

/** Undefined where the country says what we say. */
export const taxTextOf = (country: string, base: BuiltInLanguage, key: string): string | undefined =>
  TAX_TEXTS[country]?.[base]?.[key]

/** Returns labels that differ from ours by the countries of a document's parties, of what the document shows. */
export function countryLabels({ seller, buyer }: { seller: Company; buyer: Buyer }, { base }: Labels): LabelTexts {
  const { country } = seller.address
  const ofTax = Object.entries(TAX_TEXTS[country]?.[base] ?? {}).filter(([key]) => key.startsWith('document.'))
  const texts: LabelTexts = {
    ...Object.fromEntries(ofTax),
    ...(seller.vatId && { 'document.vatId': vatIdLabel(seller, base, 'document.vatId') }),
    ...(seller.taxNumber && {
      'document.taxNumber': taxNumberName(country, seller.taxNumber) ?? builtInText(base, 'tax_label.tax_number'),
    }),
    ...(buyer.vatId && { 'document.buyerVatId': buyerLabel(buyer, base) }),
  }
  return Object.fromEntries(Object.entries(texts).filter(([key, text]) => text !== builtInText(base, key as Key)))
}

function buyerLabel(buyer: Buyer, base: BuiltInLanguage): string {
  if (isCodiceFiscale(buyer.vatId)) return 'Codice fiscale'
  return vatIdLabel(buyer, base, 'document.buyerVatId')
}

/** A number with a member state's prefix is called as the document's language calls those, whatever the party's country. */
function vatIdLabel(party: TaxParty, base: BuiltInLanguage, key: 'document.vatId' | 'document.buyerVatId'): string {
  const { country } = party.address
  const state = euStateOf(party)
  const own = NUMBER_TEXTS[state || country]?.[base]?.[key]
  if (own) return own
  const isOutside = state === '' && country !== ''
  return builtInText(base, isOutside ? OUTSIDE[key] : key)
}

const OUTSIDE = {
  'document.vatId': 'tax_label.vat_number',
  'document.buyerVatId': 'tax_label.buyer_vat_number',
} as const
