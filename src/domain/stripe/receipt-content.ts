import Big from 'big.js'
import type { Tax, TaxRate } from '../company'
import type { DocumentContent, Line, PaymentMethod, Totals } from '../document'
import { toMinor } from '../money'
import { emptyContent } from '../new-content'
import { cleanText } from '../text'
import { computeTotals } from '../totals'
import type { ChargeFact, InvoiceFact, PricedLines, StripeLine } from './facts'
import { taxOf } from './tax'

/** Why a payment can't become a receipt without the merchant: `stripe.reason.<reason>` says it. */
export type ContentReason = 'tax_unset' | 'total_differs' | 'tax_differs' | 'lines_incomplete' | 'credited_before_taxes'

export interface ReceiptContent {
  content: DocumentContent
  /** What keeps the receipt a draft. */
  reason?: ContentReason
}

export interface ReceiptContext {
  rates: TaxRate[]
  /** What the account chose for automatic documents. */
  usual: Tax | undefined
  /** What Stripe knows of the customer: 'reverse' charge, 'exempt' or 'none'. */
  taxExempt: string
  /** What shipping is called in the customer's language. */
  shipping: string
  /** ISO date in the account's zone; empty on what is no receipt. */
  paidOn: string
}

const MAX_DESCRIPTION_CHARS = 2_000

/** What an invoice's receipt says: its lines, less what credit notes took off before it was paid. */
export function contentOfInvoice(invoice: InvoiceFact, context: ReceiptContext): ReceiptContent {
  const taxExempt = invoice.taxExempt || context.taxExempt
  const { content, reason } = contentOfLines(invoice, { ...context, taxExempt })
  const whole = { ...content, orderNumber: invoice.number }
  if (reason || new Big(invoice.creditedBefore).eq(0)) return { content: whole, ...(reason && { reason }) }
  const [tax, ...others] = computeTotals(whole).taxes
  // Which of several taxes was credited only the credit note says.
  if (!tax || others.length > 0) return { content: whole, reason: 'credited_before_taxes' }
  const amount = invoice.creditedBefore
  const off = { type: 'allowance', reason: '', amount, taxCategory: tax.category, taxRate: tax.rate } as const
  return { content: { ...whole, adjustments: [off] } }
}

/** Prices are gross, so that the document comes to what was paid, however Stripe rounds its taxes. */
export function contentOfLines(priced: PricedLines, context: ReceiptContext): ReceiptContent {
  const { currency } = priced
  const taxes = priced.lines.map((line) => taxOf(line, { ...context, currency }))
  const named = priced.lines.map((line) =>
    line.isShipping && line.description === '' ? { ...line, description: context.shipping } : line,
  )
  const lines = named.map((line, index) => lineOf(line, taxes[index] ?? NO_TAX, index))
  const content = contentWith(lines, { currency, paidOn: context.paidOn })
  if (priced.hasMore || lines.length === 0) return { content, reason: 'lines_incomplete' }
  if (taxes.includes(undefined)) return { content, reason: 'tax_unset' }
  const totals = computeTotals(content)
  if (totals.total !== toMinor(priced.total, currency)) return { content, reason: 'total_differs' }
  return isTaxOf(priced, totals) ? { content } : { content, reason: 'tax_differs' }
}

/** Whether the document has the tax that Stripe charged. Stripe may round it line by line, half a minor unit each. */
function isTaxOf({ lines, tax, currency, isTaxComputed }: PricedLines, totals: Totals): boolean {
  const told = lines.filter((line) => line.tax)
  // Where no line says anything of tax, the account says what is in the price, unless Stripe has computed that there is none.
  if (told.length === 0) return !isTaxComputed || totals.tax === toMinor(tax ?? '0', currency)
  const ofLines = told.reduce((sum, line) => sum + toMinor(line.tax?.amount ?? '0', currency), 0)
  const most = Math.ceil(lines.length / 2) + 1
  const inAll = tax === undefined ? ofLines : toMinor(tax, currency)
  return Math.abs(ofLines - inAll) <= most && Math.abs(totals.tax - inAll) <= most
}

/** A charge says nothing of tax: the account does. */
export function contentOfCharge(charge: ChargeFact, context: ReceiptContext): ReceiptContent {
  const line: StripeLine = { description: charge.description, quantity: 1, gross: charge.amount }
  const { currency } = charge
  const tax = taxOf(line, { ...context, currency })
  const lines = [lineOf(line, tax ?? NO_TAX, 0)]
  const content = contentWith(lines, { currency, paidOn: context.paidOn, method: charge.method })
  return tax ? { content } : { content, reason: 'tax_unset' }
}

const NO_TAX: Tax = { category: 'O', rate: '0' }

/**
 * A price per piece where it comes out even; else the line is one, and its description says how many. What is given back is a
 * negative quantity: no price is negative (EN 16931, BR-27).
 */
function lineOf({ description, quantity, gross }: StripeLine, { category, rate }: Tax, index: number): Line {
  const price = new Big(gross).abs()
  const sign = new Big(gross).lt(0) ? '-' : ''
  const each = price.div(quantity).round(3)
  const even = each.times(quantity).eq(price)
  const clean = cleanText(description).slice(0, MAX_DESCRIPTION_CHARS)
  return {
    id: `lin_stripe_${index + 1}`,
    // Stripe writes the quantity before the name of what is sold by subscription.
    description: even ? clean.replace(/^\d+ × /, '') : clean,
    quantity: sign + (even ? quantity : 1),
    unit: 'C62',
    unitPrice: (even ? each : price).toFixed(),
    taxRate: rate,
    taxCategory: category,
  }
}

function contentWith(
  lines: Line[],
  { currency, paidOn, method }: { currency: string; paidOn: string; method?: PaymentMethod },
): DocumentContent {
  return {
    ...emptyContent(currency),
    lines,
    pricesIncludeTax: true,
    paidOn,
    ...(method && { paymentMethod: method }),
  }
}
