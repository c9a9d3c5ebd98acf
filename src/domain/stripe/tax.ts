/** Finds the tax of a Stripe line. Events name amounts but not always percents, so the percent is computed from them. */
import Big from 'big.js'
import type { Tax, TaxRate } from '../company'
import { canonical } from '../decimals'
import { toMinor } from '../money'
import type { TaxCategory } from '../tax-category'
import type { StripeLine } from './facts'

/** Standard and reduced rates of the EU, the UK, Switzerland and Norway, Quebec and New York City, for accounts without saved rates. */
const COMMON_RATES = [
  '27',
  '26',
  '25.5',
  '25',
  '24',
  '23',
  '22',
  '21',
  '20',
  '19',
  '18',
  '17',
  '16',
  '15',
  '14',
  '13.5',
].concat([
  '14.975',
  '13',
  '12',
  '10',
  '9',
  '8.875',
  '8.1',
  '8',
  '7.7',
  '7',
  '6',
  '5.5',
  '5',
  '4',
  '3.8',
  '3',
  '2.6',
  '2.5',
  '2.1',
])

/** EN 16931 categories for Stripe's reasons why a line has no tax (`taxability_reason`). */
const ZERO_CATEGORIES: Record<string, TaxCategory> = {
  reverse_charge: 'AE',
  zero_rated: 'Z',
  customer_exempt: 'E',
  product_exempt: 'E',
  product_exempt_holiday: 'E',
  portion_product_exempt: 'E',
  not_collecting: 'O',
  not_subject_to_tax: 'O',
  not_supported: 'O',
  jurisdiction_unsupported: 'O',
}

/**
 * Returns the tax of a line.
 * @param usual the account's choice for documents without tax data; undefined = not chosen yet
 * @returns undefined if the merchant must decide
 */
export function taxOf(
  line: StripeLine,
  context: { currency: string; taxExempt: string; rates: TaxRate[]; usual: Tax | undefined },
): Tax | undefined {
  const { currency, taxExempt, rates, usual } = context
  if (line.tax && !new Big(line.tax.amount).eq(0))
    return { category: 'S', rate: rateOf(line, line.tax, currency, rates) }
  if (taxExempt === 'reverse') return { category: 'AE', rate: '0' }
  if (taxExempt === 'exempt') return { category: 'E', rate: '0' }
  if (line.tax) return { category: ZERO_CATEGORIES[line.tax.reason] ?? 'Z', rate: '0' }
  return usual
}

/**
 * Returns the tax in percent of the net amount: Stripe's percent if the amounts agree with it, else the nearest known
 * rate that gives this tax (a rounded tax fits several), else the shortest number that does.
 */
function rateOf({ gross }: StripeLine, tax: LineTax, currency: string, rates: TaxRate[]): string {
  const net = new Big(gross).minus(tax.amount)
  if (net.eq(0)) return '0'
  const ratio = new Big(tax.amount).div(net).times(100)
  const error = (rate: Big | string) =>
    Math.abs(toMinor(net.times(rate).div(100), currency) - toMinor(tax.amount, currency))
  if (tax.percent !== undefined && error(tax.percent) <= 1) return canonical(tax.percent)
  const known = [...rates.filter(({ category }) => category === 'S').map(({ rate }) => rate), ...COMMON_RATES]
  const [nearest] = known
    .filter((rate) => error(rate) <= 1)
    .toSorted((a, b) => Number(ratio.minus(a).abs().minus(ratio.minus(b).abs())))
  return canonical(nearest ?? shortest(ratio, error).toFixed())
}

type LineTax = NonNullable<StripeLine['tax']>

const MAX_RATE_DECIMALS = 4

function shortest(ratio: Big, error: (rate: Big) => number): Big {
  for (let decimals = 0; decimals < MAX_RATE_DECIMALS; decimals++) {
    const rate = ratio.round(decimals)
    if (error(rate) === 0) return rate
  }
  return ratio.round(MAX_RATE_DECIMALS)
}
