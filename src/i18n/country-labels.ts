/**
 * Names the tax and the identification numbers of sellers and buyers as their country does, in a document's language.
 */

import type { Company } from '../domain/company'
import type { Buyer } from '../domain/document'
import { euStateOf, type TaxParty } from '../domain/eu-vat'
import type { Labels, LabelTexts } from '../domain/labels'
import type { BuiltInLanguage } from '../domain/languages'
import { taxNumberName } from '../domain/tax-number'
import { isCodiceFiscale } from '../domain/vat-id'
import { builtInText, type Key } from './index'

/**
 * Texts about the tax that differ from the built-in ones in a country with the same language: Switzerland's law says
 * MWST (MWSTG).
 */
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
  // Liechtenstein shares Switzerland's tax, but has another law.
  LI: {
    de: {
      ...SWISS_GERMAN,
      'tax_reason.small_business': 'Von der Steuerpflicht befreit: Es wird keine MWST berechnet.',
    },
  },
}

/** Names of VAT numbers where the built-in label is another country's: § 11 of the Austrian UStG, MWSTG art. 26. */
const NUMBER_TEXTS: typeof TAX_TEXTS = {
  AT: { de: { 'document.vatId': 'UID-Nr.', 'document.buyerVatId': 'Ihre UID-Nr.' } },
  CH: { de: { 'document.vatId': 'MWST-Nr.', 'document.buyerVatId': 'Ihre MWST-Nr.' } },
  LI: { de: { 'document.vatId': 'MWST-Nr.', 'document.buyerVatId': 'Ihre MWST-Nr.' } },
}

/** Returns a country's text for a label; undefined where the built-in one applies. */
export const taxTextOf = (country: string, base: BuiltInLanguage, key: string): string | undefined =>
  TAX_TEXTS[country]?.[base]?.[key]

/**
 * Returns the labels that differ from the built-in ones because of the parties' countries, of those that the document
 * shows.
 */
export function countryLabels({ seller, buyer }: { seller: Company; buyer: Buyer }, { base }: Labels): LabelTexts {
  const { country } = seller.address
  const taxTexts = Object.entries(TAX_TEXTS[country]?.[base] ?? {}).filter(([key]) => key.startsWith('document.'))
  const texts: LabelTexts = {
    ...Object.fromEntries(taxTexts),
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

/** Returns the label of a VAT number. A member state's prefix decides, whatever the party's country. */
function vatIdLabel(party: TaxParty, base: BuiltInLanguage, key: 'document.vatId' | 'document.buyerVatId'): string {
  const { country } = party.address
  const state = euStateOf(party)
  const nationalText = NUMBER_TEXTS[state || country]?.[base]?.[key]
  if (nationalText) return nationalText
  const isOutside = state === '' && country !== ''
  return builtInText(base, isOutside ? OUTSIDE[key] : key)
}

const OUTSIDE = {
  'document.vatId': 'tax_label.vat_number',
  'document.buyerVatId': 'tax_label.buyer_vat_number',
} as const
