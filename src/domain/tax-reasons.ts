import { isUnderEuVat, type TaxParty } from './eu-vat'
import { TAX_CATEGORIES, type TaxCategory } from './tax-category'

/** The categories that need a reason. */
export const REASON_CATEGORIES = ['E', 'AE', 'K', 'G', 'O'] as const
export type ReasonCategory = (typeof REASON_CATEGORIES)[number]

/**
 * Reasons by category, the usual one first. `tax_reason.<id>` in the locales is the text on a document, `tax_reason_name.<id>` the option
 * in a form.
 */
const REASONS = {
  E: [
    'exempt',
    'small_business',
    'medical',
    'education',
    'culture',
    'insurance',
    'letting',
    'travel_margin',
    'used_goods_margin',
    'art_margin',
    'antiques_margin',
  ],
  AE: ['reverse_charge'],
  K: ['intra_community'],
  G: ['export'],
  O: ['outside_scope', 'small_business'],
} as const satisfies Record<ReasonCategory, readonly string[]>

export const REASON_IDS = [...new Set(Object.values(REASONS).flat())]
export type TaxReasonId = (typeof REASONS)[ReasonCategory][number]

/**
 * CEF's VATEX list, as of release 1.3.16 of the EN 16931 validation artefacts. A reason that the list lacks has only a text. Small
 * businesses: see `codeOf`.
 */
const CODES: Partial<Record<TaxReasonId, string>> = {
  reverse_charge: 'VATEX-EU-AE',
  intra_community: 'VATEX-EU-IC',
  export: 'VATEX-EU-G',
  outside_scope: 'VATEX-EU-O',
  medical: 'VATEX-EU-132-1C',
  education: 'VATEX-EU-132-1I',
  culture: 'VATEX-EU-132-1N',
  // Article 135 (1) as a whole; the list has no codes for its points.
  insurance: 'VATEX-EU-135-1',
  letting: 'VATEX-EU-135-1',
  travel_margin: 'VATEX-EU-D',
  used_goods_margin: 'VATEX-EU-F',
  art_margin: 'VATEX-EU-I',
  antiques_margin: 'VATEX-EU-J',
}

/** Countries whose law prescribes a text for small businesses: `tax_reason.small_business.<country>`. */
export const SMALL_BUSINESS_COUNTRIES = ['AT', 'BE', 'DE', 'FR', 'IT', 'LU'] as const

/** A reason that a person chose or wrote; without one the category's usual reason applies. */
export interface TaxReason {
  category: ReasonCategory
  /** Empty = the usual one of its category. */
  reason: TaxReasonId | ''
  /** Empty = the built-in text for the reason, in the document's language. */
  text: string
}

export const needsReason = (category: TaxCategory): category is ReasonCategory =>
  (REASON_CATEGORIES as readonly string[]).includes(category)

export const reasonsOf = (category: ReasonCategory): readonly TaxReasonId[] => REASONS[category]

export const isReasonOf = (category: ReasonCategory, id: string | undefined): id is TaxReasonId =>
  (REASONS[category] as readonly string[]).includes(id ?? '')

/** Returns the reason set on the account's rate of this category, else the category's first. */
export const usualReason = (
  category: ReasonCategory,
  rates: readonly { category: TaxCategory; reason?: TaxReasonId }[],
): TaxReasonId =>
  rates.find((rate) => rate.category === category && isReasonOf(category, rate.reason))?.reason ?? REASONS[category][0]

/** Reasons whose built-in text cites the directive or names the Union: a seller elsewhere has another, `tax_reason_outside.<id>`. */
export const EU_WORDED = [
  'culture',
  'education',
  'export',
  'insurance',
  'intra_community',
  'letting',
  'medical',
] as const satisfies readonly TaxReasonId[]

/**
 * Returns the code of a reason (BT-121). Empty where the list has none, and outside the EU: each code stands for an article of the
 * directive or a member state's law.
 */
export function codeOf(reason: TaxReasonId, category: ReasonCategory, seller: TaxParty): string {
  if (!isUnderEuVat(seller)) return ''
  if (reason !== 'small_business') return CODES[reason] ?? ''
  if (category === 'O') return 'VATEX-EU-O'
  return seller.address.country === 'FR' ? 'VATEX-FR-FRANCHISE' : ''
}

/** Returns the categories that a seller may choose: intra-Community supply (K) is one of the EU's (directive 2006/112/EC, art. 138). */
export const categoriesFor = (seller: TaxParty): readonly TaxCategory[] =>
  TAX_CATEGORIES.filter((category) => category !== 'K' || isUnderEuVat(seller))

/** Returns the used categories that need a reason, without duplicates, in a fixed order. */
export const usedReasonCategories = (categories: Iterable<TaxCategory>): ReasonCategory[] => {
  const used = new Set(categories)
  return TAX_CATEGORIES.filter((category) => used.has(category)).filter(needsReason)
}
