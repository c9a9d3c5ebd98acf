import { type Json, list, object, text, whole } from './json'

/** Returns the shipping of an invoice, a credit note or a Checkout Session as a line; none if it costs nothing. */
export function shippingOf({ shipping_cost }: Json): Json[] {
  const cost = object(shipping_cost)
  const amount = whole(cost.amount_total) ?? 0
  if (amount <= 0) return []
  const taxes = list(cost.taxes).map((tax) => ({ ...tax, tax_behavior: 'inclusive' }))
  const inAll = whole(cost.amount_tax) ?? 0
  const unnamed = inAll === 0 ? [] : [{ amount: inAll, tax_behavior: 'inclusive' }]
  const description = text(object(cost.shipping_rate).display_name)
  return [{ amount, quantity: 1, description, is_shipping: true, taxes: taxes.length > 0 ? taxes : unnamed }]
}
