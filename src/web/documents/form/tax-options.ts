import { TAX_CATEGORIES, type TaxCategory } from '../../../domain/tax-category'
import { categoriesFor } from '../../../domain/tax-reasons'
import { taxOption } from '../../../domain/typed-content'
import type { Language, Translate } from '../../../i18n'
import { formatPercent } from '../../../i18n/format'
import type { Option } from '../../ui/form'
import { useFrame } from '../../ui/frame'

/** Returns the account's tax rates by name, then the categories without tax, and the line's current value. */
export function useTaxOptions(current: string): Option[] {
  const { t, language, signedIn } = useFrame()
  const rates = signedIn?.settings.taxRates ?? []
  const saved = rates.map(({ category, rate, name }) => ({ value: taxOption(category, rate), label: name }))
  const others = (signedIn ? categoriesFor(signedIn.company) : TAX_CATEGORIES)
    .filter((category) => category !== 'S')
    .map((category) => taxOption(category, '0'))
  const values = [...others, current].filter((value) => value !== '' && !saved.some((option) => option.value === value))
  return [...saved, ...[...new Set(values)].map((value) => ({ value, label: taxLabel(value, t, language) }))]
}

/** Returns the category of an option: 'AE:0' → 'AE'; 'S' for an invalid one. */
export const taxOfOption = (option: string): TaxCategory =>
  TAX_CATEGORIES.find((category) => option.startsWith(`${category}:`)) ?? 'S'

/** Returns the label of an option: 'S:20' → « 20 % »; 'AE:0' → « Autoliquidation ». */
export function taxLabel(option: string, t: Translate, language: Language): string {
  const [category = '', rate = '0'] = option.split(':')
  const known = TAX_CATEGORIES.find((candidate): candidate is TaxCategory => candidate === category)
  if (known === undefined || known === 'S' || known === 'Z') return formatPercent(rate, language)
  return t(`document.taxCategory.${known}`)
}
