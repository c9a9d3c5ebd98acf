/** Parses an account's tax rates as a form holds them, and formats stored ones for it. */
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
  /** Empty = the category's usual reason. */
  reason?: string
}

type SavedTaxRates = Pick<AccountSettings, 'taxRates' | 'defaultTaxRateId'>

/** Refusals by field: `taxRates.0.rate`. */
export type TaxRateProblems = Record<string, Refused>

/** Parses the rows of a form. Blank rows are left out; at least one rate must remain, and one of them is the default. */
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
    const category = TAX_CATEGORIES.find((known) => known === row.category) ?? 'S'
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

/** Leaves out a reason of another category: the category was changed after it was chosen. */
const reasonFor = (category: TaxCategory, reason: string | undefined): Pick<TaxRate, 'reason'> =>
  needsReason(category) && isReasonOf(category, reason) ? { reason } : {}

type RateProblem = 'number_invalid' | 'percent_out_of_range' | 'tax_rate_not_zero' | 'tax_rate_zero'

/** Parses a percent: above zero in category S, zero in every other (EN 16931, BR-S-5 and the like). */
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
