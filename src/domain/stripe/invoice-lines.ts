import Big from 'big.js'
import { stripeDecimal } from './amounts'
import type { StripeLine } from './facts'
import { type Json, list, text, whole } from './json'

/** Lines of an invoice, as gross amounts: what the customer pays for each. Undefined when an amount is missing. */
export function readLines(lines: Json[], currency: string): StripeLine[] | undefined {
  const read = lines.map((line) => readLine(line, currency))
  return read.every((line) => line !== undefined) ? read : undefined
}

function readLine(line: Json, currency: string): StripeLine | undefined {
  const amount = whole(line.amount)
  if (amount === undefined) return undefined
  const taxes = taxesOf(line)
  const discounts = sum(list(line.discount_amounts).map(({ amount }) => whole(amount) ?? 0))
  const addedTax = sum(taxes.map(({ amount, inclusive }) => (inclusive ? 0 : amount)))
  const quantity = Math.max(1, whole(line.quantity) ?? 1)
  return {
    description: text(line.description),
    quantity,
    gross: stripeDecimal(amount - discounts + addedTax, currency),
    ...(taxes.length > 0 && {
      tax: {
        amount: stripeDecimal(sum(taxes.map(({ amount }) => amount)), currency),
        reason: taxes.find(({ reason }) => reason !== '')?.reason ?? '',
      },
    }),
  }
}

interface LineTax {
  amount: number
  inclusive: boolean
  reason: string
}

/** `taxes` since 2025-03-31, `tax_amounts` before. */
function taxesOf(line: Json): LineTax[] {
  const now = list(line.taxes).map((tax) => ({ ...tax, inclusive: tax.tax_behavior === 'inclusive' }) as Json)
  return [...now, ...list(line.tax_amounts)].map((tax) => ({
    amount: whole(tax.amount) ?? 0,
    inclusive: tax.inclusive === true,
    reason: text(tax.taxability_reason),
  }))
}

const sum = (amounts: number[]): number => Number(amounts.reduce((total, amount) => total.plus(amount), new Big(0)))
