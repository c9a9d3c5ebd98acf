import { findAccount } from '../../db/accounts'
import { findDocument } from '../../db/documents'
import {
  claimStripeObject,
  type EventOutcome,
  findStripeObject,
  findUnpairedReceipt,
  type StripeEvent,
} from '../../db/stripe'
import { dateIn } from '../../domain/calendar'
import type { Party } from '../../domain/stripe/facts'
import type { ReceiptContent, ReceiptContext } from '../../domain/stripe/receipt-content'
import { documentPrefix } from '../../domain/test-mode'
import { computeTotals } from '../../domain/totals'
import { languageFor, translator } from '../../i18n'
import type { Deps } from '../deps'
import { createDraft } from '../documents/create-draft'
import { issueAutomatic } from '../sends/issue-automatic'
import { contactOfParty } from './contact-of-party'
import { draftOutcome } from './draft-outcome'

/** Limits how far apart two events of one payment may state its time. */
const ALIKE_MS = 60 * 60_000

export interface Payment {
  /** Stripe's ids of the payment, the most certain first. */
  keys: string[]
  /**
   * Set if the event does not say which invoice or payment belongs to it. The event of that one may have made the
   * receipt.
   */
  seeks?: 'invoice' | 'payment'
  party: Party
  paidAt: number
  currency: string
  /** Decimal. */
  amount: string
  /** True if an issued receipt must have the tax that this event states; if it differs, the event is listed. */
  checksTax?: boolean
}

/**
 * Makes the receipt of a payment, unless another event of the payment has made it. Creates a missing contact, and
 * completes it with data of this event.
 */
export async function makeReceipt(
  deps: Deps,
  event: StripeEvent,
  payment: Payment,
  contentWith: (context: ReceiptContext) => ReceiptContent,
): Promise<EventOutcome> {
  const { accountId } = event
  const account = await findAccount(deps.db, accountId)
  if (!account) return { state: 'unmapped', reason: 'account_gone' }
  const documentId = await documentOf(deps, event, payment)
  const { keys, paidAt } = payment
  const { contactId, taxExempt } = await contactOfParty(deps, event, payment.party, {
    payment: keys[0] ?? '',
    at: paidAt,
  })
  const { taxRates, automaticTax, timeZone, language } = account.settings
  const t = translator(languageFor(payment.party.language || language))
  const { content, reason } = contentWith({
    rates: taxRates,
    usual: automaticTax ?? undefined,
    taxExempt,
    shipping: t('stripe.shipping'),
    paidOn: dateIn(paidAt, timeZone),
  })
  const draftReason = reason ?? (contactId ? undefined : 'customer_unknown')
  const made = payment.checksTax ? await findDocument(deps.db, accountId, documentId) : undefined
  if (made?.snapshot && !reason && made.snapshot.totals.tax !== computeTotals(content).tax)
    return { state: 'unmapped', reason: 'receipt_differs', targetId: documentId }
  const draft = { accountId, documentId, contactId: contactId ?? null, content }
  const issued = await issueAutomatic(deps, {
    ...draft,
    create: () => createDraft(deps, { ...draft, kind: 'receipt', actor: '' }),
    ...(draftReason && { draftReason }),
    // A charge contains less than an invoice, so it never replaces the draft of another event.
    replaces: !event.type.startsWith('charge.') || event.targetId === documentId,
  })
  if (issued.ok) return { state: 'done', targetId: documentId }
  return draftOutcome(issued, documentId)
}

/**
 * Claims the receipt's id under every id of the payment before the receipt is made. The first claim decides, so that
 * all events of a payment lead to one receipt.
 */
async function documentOf(deps: Deps, { accountId, test }: StripeEvent, payment: Payment): Promise<string> {
  const { keys, paidAt, seeks } = payment
  const likeness = likenessOf(payment)
  const found = await Promise.all(keys.map((id) => findStripeObject(deps.db, accountId, id)))
  const known = found.find((object) => object?.targetId)?.targetId
  const [first = '', ...others] = keys
  const span = { from: paidAt - ALIKE_MS, to: paidAt + ALIKE_MS }
  const alike =
    known ??
    (likeness && seeks && (await findUnpairedReceipt(deps.db, accountId, { seeks, likeness, ...span }))?.targetId)
  const claim = { accountId, at: paidAt, ...(likeness && { likeness }) }
  const targetId = await claimStripeObject(deps.db, {
    ...claim,
    id: first,
    targetId: alike || deps.newId(documentPrefix(test)),
  })
  for (const id of others) await claimStripeObject(deps.db, { ...claim, id, targetId })
  return targetId
}

/**
 * Returns the key by which events of one payment find each other without a common id. Empty for a guest, since two
 * guests may pay the same amount, and for a payment that has only one id.
 */
const likenessOf = ({ party: { customerId }, currency, amount, keys, seeks }: Payment): string =>
  customerId && (seeks || keys.length > 1) ? `${customerId} ${currency} ${amount}` : ''
