import type { InferInput } from 'valibot'
import type { DocumentSummary } from '../../db/document-facts'
import type { StoredDocument } from '../../db/documents'
import type { DocumentAttachment } from '../../domain/attachment'
import { dateIn } from '../../domain/calendar'
import { amountDue, documentState } from '../../domain/document-state'
import { toDecimal } from '../../domain/money'
import { computeTotals } from '../../domain/totals'
import { isoTime } from '../fields'
import type { AttachmentJson, DocumentJson, DocumentSummaryJson } from './document-schemas'

/** What the shown state depends on besides the document. */
export interface Today {
  /** ISO date in the account's time zone. */
  today: string
  timeZone: string
}

/** Returns a document as lists show it. */
export function summaryJson(
  document: DocumentSummary,
  { today, timeZone }: Today,
): InferInput<typeof DocumentSummaryJson> {
  const { currency, paidAt } = document
  const money = (minor: number) => toDecimal(minor, currency)
  return {
    id: document.id,
    type: document.kind,
    state: documentState(document, today),
    number: document.number,
    contact_id: document.contactId,
    contact_name: document.contactName,
    currency,
    issue_date: document.issueDate || null,
    due_date: document.dueDate || null,
    total: money(document.total),
    credited: money(document.credited),
    amount_due: money(document.status === 'draft' ? 0 : amountDue(document)),
    paid_on: paidAt === null ? null : dateIn(paidAt, timeZone),
    credits: document.refersTo,
    delivery_state: document.mailState ?? 'not_sent',
    not_sent_reason: document.notSentReason,
    external_id: document.externalId,
    metadata: document.metadata,
    created_at: isoTime(document.createdAt),
    updated_at: isoTime(document.updatedAt),
    finalized_at: isoTime(document.finalisedAt),
  }
}

/** Returns a document with all that it says: the frozen content of a final one, the current content of a draft. */
export function documentJson(document: StoredDocument, today: Today): InferInput<typeof DocumentJson> {
  const { snapshot } = document
  const content = snapshot?.content ?? document.content
  const { lineAmounts, taxes, net, tax } = snapshot?.totals ?? computeTotals(content)
  const money = (minor: number) => toDecimal(minor, document.currency)
  const paidOn = content.paidOn || null
  const summary = summaryJson(document, today)
  return {
    ...summary,
    paid_on: document.status === 'draft' ? paidOn : summary.paid_on,
    made_elsewhere: snapshot?.upload !== undefined,
    language: snapshot?.language ?? content.language,
    payment_terms_days: content.paymentTermsDays,
    supply_from: content.supplyFrom || null,
    supply_to: content.supplyTo || null,
    ...{ buyer_reference: content.buyerReference, order_number: content.orderNumber, notes: content.notes },
    prices_include_tax: content.pricesIncludeTax,
    lines: content.lines.map((line, index) => ({
      ...{ description: line.description, quantity: line.quantity, unit: line.unit, unit_price: line.unitPrice },
      ...{ tax_rate: line.taxRate, tax_category: line.taxCategory, discount: line.discount ?? null },
      amount: money(lineAmounts[index] ?? 0),
    })),
    adjustments: content.adjustments.map(({ type, reason, amount, percent = null, taxRate, taxCategory }) => ({
      ...{ type, reason, amount, percent, tax_rate: taxRate, tax_category: taxCategory },
    })),
    tax_reasons: (snapshot?.taxReasons ?? content.taxReasons ?? []).map(({ category, text, ...rest }) => ({
      ...{ category, reason: 'reason' in rest ? rest.reason : rest.code, text },
    })),
    payment_method: content.paymentMethod ?? null,
    ...{ net: money(net), tax: money(tax) },
    taxes: taxes.map(({ category, rate, base, tax }) => ({
      ...{ tax_rate: rate, tax_category: category, base: money(base), tax: money(tax) },
    })),
    attachments: (document.attachments ?? []).map(attachmentJson),
  }
}

export const attachmentJson = (attachment: DocumentAttachment): InferInput<typeof AttachmentJson> => ({
  id: attachment.id,
  name: attachment.name,
  type: attachment.type,
  bytes: attachment.bytes,
  public: attachment.public,
})
