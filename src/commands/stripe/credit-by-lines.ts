import { findAccount } from '../../db/accounts'
import type { StoredDocument } from '../../db/documents'
import type { EventOutcome } from '../../db/stripe'
import { creditContent, leftToCredit } from '../../domain/credit-note'
import { toMinor } from '../../domain/money'
import type { PricedLines } from '../../domain/stripe/facts'
import { contentOfLines, type ReceiptContent } from '../../domain/stripe/receipt-content'
import { languageFor, translator } from '../../i18n'
import type { Deps } from '../deps'
import { createCreditNote } from '../documents/create-credit-note'
import { snapshotOf } from '../documents/load-snapshot'
import { issueAutomatic } from '../sends/issue-automatic'
import { contentOfPart } from './content-of-part'
import { draftOutcome } from './draft-outcome'

/** Issues a credit note with the lines that Stripe credited. It stays a draft when its lines don't add up to its total. */
export async function creditByLines(
  deps: Deps,
  { receipt, documentId, credited }: { receipt: StoredDocument; documentId: string; credited: PricedLines },
): Promise<EventOutcome> {
  const { accountId, currency } = receipt
  if (credited.currency !== currency) return { state: 'unmapped', reason: 'refund_currency', targetId: receipt.id }
  if (toMinor(credited.total, currency) > leftToCredit(receipt))
    return { state: 'unmapped', reason: 'refund_exceeds', targetId: receipt.id }
  const { content, reason } = await contentFor(deps, receipt, credited)
  const issued = await issueAutomatic(deps, {
    ...{ accountId, documentId, contactId: receipt.contactId, content, replaces: false },
    create: () => createCreditNote(deps, { accountId, refersTo: receipt.id, documentId, content, actor: '' }),
    ...(reason && { draftReason: reason }),
  })
  return issued.ok ? { state: 'done', targetId: documentId } : draftOutcome(issued, documentId)
}

async function contentFor(deps: Deps, receipt: StoredDocument, credited: PricedLines): Promise<ReceiptContent> {
  // Some old API versions send no lines.
  if (credited.lines.length === 0 && !credited.hasMore)
    return { content: await contentOfPart(deps, receipt, toMinor(credited.total, receipt.currency)) }
  const snapshot = snapshotOf(receipt)
  const account = await findAccount(deps.db, receipt.accountId)
  if (!snapshot || !account) throw new Error(`${receipt.id} has no snapshot`)
  const { taxRates, automaticTax } = account.settings
  // A line without tax data gets the tax of its receipt, if the receipt has only one.
  const [first, ...others] = snapshot.totals.taxes
  const usual =
    first && others.length === 0 ? { category: first.category, rate: first.rate } : (automaticTax ?? undefined)
  const { content, reason } = contentOfLines(credited, {
    ...{ rates: taxRates, usual, taxExempt: '', paidOn: '' },
    shipping: translator(languageFor(snapshot.language))('stripe.shipping'),
  })
  const { lines } = content
  const whole = {
    ...creditContent(snapshot.content, snapshot.language),
    pricesIncludeTax: true,
    adjustments: [],
    lines,
  }
  return { content: whole, ...(reason && { reason }) }
}
