import { findCurrentContact } from '../../db/contacts'
import { type EventOutcome, findStripeObject, type StripeEvent, saveStripeCustomer } from '../../db/stripe'
import { parseContact, typeContact } from '../../domain/contact'
import type { TaxIdFact } from '../../domain/stripe/facts'
import { printedTaxId } from '../../domain/stripe/tax-ids'
import type { Deps } from '../deps'
import { completeContact } from './complete-contact'
import { postponeStripeEvent } from './postpone-stripe-event'
import { stripeCustomerId } from './stripe-customer-id'

/** Adds a tax id to a customer or removes it. The contact is updated too, unless a person entered another number there. */
export async function processTaxId(
  deps: Deps,
  event: StripeEvent,
  { customerId, taxId, deleted }: TaxIdFact,
): Promise<EventOutcome> {
  const { accountId } = event
  const id = stripeCustomerId(event, { customerId, email: '' })
  const customer = await findStripeObject(deps.db, accountId, id)
  const contact = customer?.targetId ? await findCurrentContact(deps.db, accountId, customer.targetId) : undefined
  if (!customer?.targetId || !contact) return postponeStripeEvent(deps, event, 'customer_unseen')
  const before = customer.facts?.taxIds ?? []
  const others = before.filter(({ id, value }) => id !== taxId.id && value !== taxId.value)
  const taxIds = deleted ? others : [...others, taxId]
  const was = customer.facts?.vatId || (deleted ? taxId.value : '')
  const is = printedTaxId(taxIds)
  await completeContact(deps, { accountId, id: contact.id }, (current) => {
    const typed = typeContact(current)
    const fromStripe = parseContact({ ...typed, vatId: was })
    if (current.vatId !== '' && !(fromStripe.ok && fromStripe.value.vatId === current.vatId)) return current
    const kind = is !== '' && current.source === 'Stripe' ? 'company' : typed.kind
    const changed = parseContact({ ...typed, kind, vatId: is })
    return changed.ok ? changed.value : current
  })
  const { targetId, facts, at } = customer
  if (facts) await saveStripeCustomer(deps.db, { accountId, id, targetId, at, party: { ...facts, taxIds, vatId: is } })
  return { state: 'done', targetId: contact.id }
}
