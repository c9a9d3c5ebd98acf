import type { Address } from '../company'
import type { Party } from './facts'
import { type Json, list, object, page, text } from './json'
import { printedTaxId, taxIdFrom } from './tax-ids'

/**
 * Returns the customer of a `customer.*` event. Its `description` is the merchant's note and not a name. It contains
 * tax ids only if they are expanded, and in versions before 2020-08-27.
 */
export const customerParty = (customer: Json): Party & { customerId: string } => ({
  customerId: text(customer.id),
  name: nameOf(customer),
  email: text(customer.email),
  address: addressOf(customer.address),
  language: text(Array.isArray(customer.preferred_locales) ? customer.preferred_locales[0] : ''),
  ...('tax_ids' in customer ? taxIdFields(page(customer.tax_ids)) : { vatId: '' }),
  ...('tax_exempt' in customer && { taxExempt: text(customer.tax_exempt) }),
})

/** Returns the recipient of an invoice, as printed on it. */
export const invoiceParty = (invoice: Json, customerId: string | null): Party => ({
  customerId,
  name: text(invoice.customer_name) || text(invoice.customer_email),
  email: text(invoice.customer_email),
  address: addressOf(invoice.customer_address),
  language: '',
  ...taxIdFields(list(invoice.customer_tax_ids)),
})

/** Returns the buyer of a Checkout Session, as typed. */
export function checkoutParty(session: Json, customerId: string | null): Party {
  const details = object(session.customer_details)
  const email = text(details.email) || text(session.customer_email)
  const locale = text(session.locale)
  return {
    customerId,
    name: text(details.business_name) || nameOf({ ...details, email }),
    email,
    address: addressOf(details.address),
    language: locale === 'auto' ? '' : locale,
    ...('tax_ids' in details ? taxIdFields(list(details.tax_ids)) : { vatId: '' }),
    taxExempt: text(details.tax_exempt),
  }
}

/** Returns the payer from a charge's billing details. */
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

const nameOf = (who: Json): string =>
  text(who.name) || text(who.business_name) || text(who.individual_name) || text(who.email)

function taxIdFields(ids: Json[]): Pick<Party, 'vatId' | 'taxIds'> {
  const taxIds = ids.map(taxIdFrom)
  return { vatId: printedTaxId(taxIds), taxIds }
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
