import Big from 'big.js'
import { stripeDecimal } from './amounts'
import type { StripeLine } from './facts'
import { type Json, list, object, text, whole } from './json'

/** Parses the lines of an invoice as gross amounts: what the customer pays for each. Undefined when an amount is missing. */
export function readLines(lines: Json[], currency: string): StripeLine[] | undefined {
  const read = lines.map((line) => readLine(line, currency))
  return read.every((line) => line !== undefined) ? read : undefined
}

/** Returns an invoice's total tax in Stripe's minor units; undefined when the event does not say. The field was renamed twice. */
export function totalTaxOf({ total_taxes, total_tax_amounts, tax }: Json): number | undefined {
  const taxes = [total_taxes, total_tax_amounts].map(list).find((found) => found.length > 0)
  return taxes ? sum(taxes.map(({ amount }) => whole(amount) ?? 0)) : whole(tax)
}

function readLine(line: Json, currency: string): StripeLine | undefined {
  const amount = whole(line.amount)
  if (amount === undefined) return undefined
  const taxes = taxesOf(line)
  const percent = percentsOf(line, taxes)
  const discounts = sum(takenOff(line).map(({ amount }) => whole(amount) ?? 0))
  const addedTax = sum(taxes.map(({ amount, inclusive }) => (inclusive ? 0 : amount)))
  const quantity = Math.max(1, whole(line.quantity) ?? 1)
  return {
    description: text(line.description),
    quantity,
    ...(line.is_shipping === true && { isShipping: true }),
    gross: stripeDecimal(amount - discounts + addedTax, currency),
    ...(taxes.length > 0 && {
      tax: {
        amount: stripeDecimal(sum(taxes.map(({ amount }) => amount)), currency),
        reason: taxes.find(({ reason }) => reason !== '')?.reason ?? '',
        ...(percent !== undefined && { percent }),
      },
    }),
  }
}

/** Returns discounts and billing credits. Some events list the discounts in both fields. */
function takenOff(line: Json): Json[] {
  const pretax = list(line.pretax_credit_amounts)
  const discounts = list(line.discount_amounts)
  return discounts.length > 0 ? [...discounts, ...pretax.filter(({ type }) => type !== 'discount')] : pretax
}

interface LineTax {
  amount: number
  inclusive: boolean
  reason: string
  /** Percent, if the event contains the rate itself and not only its id. */
  percent: number | undefined
}

/**
 * Returns the taxes of a line: `taxes` since 2025-03-31, `tax_amounts` before. Some events have both, with the same
 * content.
 */
function taxesOf(line: Json): LineTax[] {
  const taxes = list(line.taxes).map((tax) => taxFrom(tax, tax.tax_behavior === 'inclusive', tax.rate))
  if (taxes.length > 0) return taxes
  return list(line.tax_amounts).map((tax) => taxFrom(tax, tax.inclusive === true, tax.tax_rate))
}

const taxFrom = (tax: Json, inclusive: boolean, rate: unknown): LineTax => ({
  amount: whole(tax.amount) ?? 0,
  inclusive,
  reason: text(tax.taxability_reason),
  percent: percentOf(object(rate)),
})

/** Returns the sum of a line's tax rates in percent: Stripe computes each on the same net amount. */
function percentsOf(line: Json, taxes: LineTax[]): string | undefined {
  const named = taxes.map(({ percent }) => percent)
  const rates = named.includes(undefined) ? list(line.tax_rates).map(percentOf) : named
  if (rates.length !== taxes.length || rates.includes(undefined)) return undefined
  return rates.reduce((sum, rate) => sum.plus(rate ?? 0), new Big(0)).toFixed()
}

/**
 * Returns the percent of a rate: `effective_percentage`, with which Stripe Tax computes, since `percentage` may be
 * rounded for display.
 */
function percentOf({ effective_percentage: effective, percentage }: Json): number | undefined {
  const percent = typeof effective === 'number' ? effective : percentage
  return typeof percent === 'number' && percent >= 0 && percent <= 100 ? percent : undefined
}

const sum = (amounts: number[]): number => Number(amounts.reduce((total, amount) => total.plus(amount), new Big(0)))
