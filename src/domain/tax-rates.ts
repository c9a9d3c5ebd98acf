/** The saved tax rates of an account, as a form holds them and as they are stored. */
import type { AccountSettings, TaxRate } from './company'
import { decimalsOf, parseDecimal, typedDecimal } from './decimals'
import { ok, type Refused, type Result, refuse } from './result'
import { TAX_CATEGORIES, type TaxCategory } from './tax-category'
import { isReasonOf, needsReason } from './tax-reasons'
import { cleanLine } from './text'

export const MAX_TAX_RATES = 20

export interface TypedTaxRate {
  id: string
  name: string
  rate: string
  category: string
  /** Empty = the category's usual one. */
  reason?: string
}

type SavedTaxRates = Pick<AccountSettings, 'taxRates' | 'defaultTaxRateId'>

/** What is wrong, by field: `taxRates.0.rate`. */
export type TaxRateProblems = Record<string, Refused>

/** At least one must stay, and one of them is what a new line begins with. Rows that nobody filled in are left out. */
export function parseTaxRates(
  typed: readonly TypedTaxRate[],
  defaultId: string,
  locale: string,
): { ok: true; value: SavedTaxRates } | { ok: false; problems: TaxRateProblems } {
  const problems: TaxRateProblems = {}
  const taxRates: TaxRate[] = []
  for (const [index, row] of typed.entries()) {
    if (row.name.trim() === '' && row.rate.trim() === '') continue
    const name = cleanLine(row.name).slice(0, 60)
    const category = TAX_CATEGORIES.find((one) => one === row.category) ?? 'S'
    const rate = parseRate(row.rate, category, locale)
    if (name === '') problems[`taxRates.${index}.name`] = refuse('name_missing')
    if (!rate.ok) problems[`taxRates.${index}.rate`] = rate
    else taxRates.push({ id: row.id, name, rate: rate.value, category, ...reasonFor(category, row.reason) })
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  if (taxRates.length === 0) return { ok: false, problems: { 'taxRates.0.name': refuse('tax_rates_none') } }
  const chosen = taxRates.find(({ id }) => id === defaultId) ?? taxRates[0]
  return { ok: true, value: { taxRates, defaultTaxRateId: chosen?.id ?? '' } }
}

/** One that is another category's is left out: the category was changed after it was chosen. */
const reasonFor = (category: TaxCategory, reason: string | undefined): Pick<TaxRate, 'reason'> =>
  needsReason(category) && isReasonOf(category, reason) ? { reason } : {}

type RateProblem = 'number_invalid' | 'percent_out_of_range' | 'tax_rate_not_zero' | 'tax_rate_zero'

/** EN 16931, BR-S-5 and its like: standard rated is above zero, every other category is zero. */
function parseRate(typed: string, category: TaxCategory, locale: string): Result<string, RateProblem> {
  const rate = parseDecimal(typed.replace('%', '').trim() || '0', locale)
  if (rate === undefined || decimalsOf(rate) > 4) return refuse('number_invalid')
  if (Number(rate) < 0 || Number(rate) > 100) return refuse('percent_out_of_range')
  if (category === 'S') return Number(rate) > 0 ? ok(rate) : refuse('tax_rate_zero')
  return Number(rate) === 0 ? ok(rate) : refuse('tax_rate_not_zero')
}

export const typeTaxRates = (taxRates: readonly TaxRate[], locale: string): TypedTaxRate[] =>
  taxRates.map(({ id, name, rate, category, reason = '' }) => ({
    ...{ id, name, category, reason },
    rate: typedDecimal(rate, locale),
  }))
