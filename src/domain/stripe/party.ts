import type { Address } from '../company'
import type { Party } from './facts'
import { type Json, list, object, page, text } from './json'

/** The customer of a `customer.*` event. */
export const customerParty = (customer: Json): Party & { customerId: string } => ({
  customerId: text(customer.id),
  name: text(customer.name) || text(customer.description) || text(customer.email),
  email: text(customer.email),
  address: addressOf(customer.address),
  language: text(Array.isArray(customer.preferred_locales) ? customer.preferred_locales[0] : ''),
  vatId: vatIdOf(page(customer.tax_ids)),
})

/** Whom an invoice was made out to, as printed on it. */
export const invoiceParty = (invoice: Json, customerId: string | null): Party => ({
  customerId,
  name: text(invoice.customer_name) || text(invoice.customer_email),
  email: text(invoice.customer_email),
  address: addressOf(invoice.customer_address),
  language: '',
  vatId: vatIdOf(list(invoice.customer_tax_ids)),
})

/** Whoever typed card and name in. */
export function chargeParty(charge: Json, customerId: string | null): Party {
  const billing = object(charge.billing_details)
  const email = text(billing.email) || text(charge.receipt_email)
  return {
    customerId,
    name: text(billing.name) || email,
    email,
    address: addressOf(billing.address),
    language: '',
    vatId: '',
  }
}

function addressOf(value: unknown): Address {
  const { line1, line2, postal_code, city, state, country } = object(value)
  return {
    lines: [text(line1), text(line2)].filter((line) => line !== ''),
    postcode: text(postal_code),
    town: text(city),
    region: text(state),
    country: text(country),
  }
}

/** Types end in the kind of tax: `eu_vat`, `gb_vat`, `ch_vat`. */
const vatIdOf = (ids: Json[]): string => text(ids.find(({ type }) => text(type).endsWith('_vat'))?.value)
