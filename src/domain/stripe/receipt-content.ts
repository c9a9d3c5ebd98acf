import Big from 'big.js'
import type { Tax, TaxRate } from '../company'
import type { DocumentContent, Line, Totals } from '../document'
import { toDecimal, toMinor } from '../money'
import { emptyContent } from '../new-content'
import { cleanText } from '../text'
import { computeTotals } from '../totals'
import type { ChargeFact, InvoiceFact, PricedLines, StripeLine } from './facts'
import { containsStripeId } from './stripe-id'
import { taxOf } from './tax'

/** Reasons why a payment can't become a receipt without the merchant. Their texts are `stripe.reason.<reason>`. */
export type ContentReason = 'tax_unset' | 'total_differs' | 'tax_differs' | 'lines_incomplete' | 'credited_before_taxes'

export interface ReceiptContent {
  content: DocumentContent
  /** Set if the receipt must stay a draft. */
  reason?: ContentReason
}

export interface ReceiptContext {
  rates: TaxRate[]
  /** The account's choice for automatic documents. */
  usual: Tax | undefined
  /** From the customer at Stripe: 'reverse' charge, 'exempt' or 'none'. */
  taxExempt: string
  /** Description of shipping in the customer's language. */
  shipping: string
  /** ISO date in the account's zone; empty on other documents than receipts. */
  paidOn: string
}

const MAX_DESCRIPTION_CHARS = 2_000

/** Returns the content of an invoice's receipt: its lines, less what credit notes took off before it was paid. */
export function contentOfInvoice(invoice: InvoiceFact, context: ReceiptContext): ReceiptContent {
  const taxExempt = invoice.taxExempt || context.taxExempt
  const { content, reason } = contentOfLines(invoice, { ...context, taxExempt })
  const whole = { ...content, orderNumber: invoice.number }
  if (reason || new Big(invoice.creditedBefore).eq(0)) return { content: whole, ...(reason && { reason }) }
  const [tax, ...others] = computeTotals(whole).taxes
  // The invoice does not say which of several taxes was credited.
  if (!tax || others.length > 0) return { content: whole, reason: 'credited_before_taxes' }
  const amount = invoice.creditedBefore
  const off = { type: 'allowance', reason: '', amount, taxCategory: tax.category, taxRate: tax.rate } as const
  return { content: { ...whole, adjustments: [off] } }
}

/**
 * Returns the content of a document with these lines. Prices are gross, so that the document's total is what was
 * paid, however Stripe rounds its taxes.
 */
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
  // Not rounded: a fraction of the currency's smallest unit can't stand on a document.
  if (!new Big(toDecimal(totals.total, currency)).eq(priced.total)) return { content, reason: 'total_differs' }
  return isTaxOf(priced, totals) ? { content } : { content, reason: 'tax_differs' }
}

/**
 * Returns whether the document has the tax that Stripe charged. Stripe may round it line by line, by half a minor
 * unit each.
 */
function isTaxOf({ lines, tax, currency, isTaxComputed }: PricedLines, totals: Totals): boolean {
  const taxed = lines.filter((line) => line.tax)
  // Without tax data, the account's setting applies, unless Stripe has computed that there is no tax.
  if (taxed.length === 0) return !isTaxComputed || totals.tax === toMinor(tax ?? '0', currency)
  const ofLines = taxed.reduce((sum, line) => sum + toMinor(line.tax?.amount ?? '0', currency), 0)
  const most = Math.ceil(lines.length / 2) + 1
  const inAll = tax === undefined ? ofLines : toMinor(tax, currency)
  return Math.abs(ofLines - inAll) <= most && Math.abs(totals.tax - inAll) <= most
}

/** Returns the content of a charge's receipt. A charge has no tax data, so the account's setting applies. */
export function contentOfCharge(charge: ChargeFact, context: ReceiptContext): ReceiptContent {
  const { description, currency, amount, method } = charge
  const lines = [{ description, quantity: 1, gross: amount }]
  const whole = contentOfLines({ currency, total: amount, tax: undefined, lines, hasMore: false }, context)
  return { ...whole, content: { ...whole.content, paymentMethod: method } }
}

const NO_TAX: Tax = { category: 'O', rate: '0' }

/**
 * Returns a line with a price per piece if the amount can be divided evenly; else one piece, whose description states
 * the quantity. A refund is a negative quantity, since no price may be negative (EN 16931, BR-27). A text that contains an
 * id of Stripe is left out, so the document stays a draft until it has another.
 */
function lineOf({ description, quantity, gross }: StripeLine, { category, rate }: Tax, index: number): Line {
  const price = new Big(gross).abs()
  const sign = new Big(gross).lt(0) ? '-' : ''
  const each = price.div(quantity).round(3)
  const even = each.times(quantity).eq(price)
  const clean = containsStripeId(description) ? '' : cleanText(description).slice(0, MAX_DESCRIPTION_CHARS)
  return {
    id: `lin_stripe_${index + 1}`,
    // In lines of subscriptions Stripe writes the quantity before the name.
    description: even ? clean.replace(/^\d+ × /, '') : clean,
    quantity: sign + (even ? quantity : 1),
    unit: 'C62',
    unitPrice: (even ? each : price).toFixed(),
    taxRate: rate,
    taxCategory: category,
  }
}

function contentWith(lines: Line[], { currency, paidOn }: { currency: string; paidOn: string }): DocumentContent {
  return {
    ...emptyContent(currency),
    lines,
    pricesIncludeTax: true,
    paidOn,
  }
}
