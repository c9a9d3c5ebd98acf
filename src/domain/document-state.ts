/** What a document is to the merchant, apart from its mail. */

export const DOCUMENT_STATES = ['draft', 'open', 'overdue', 'paid'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]

export interface StatedDocument {
  status: 'draft' | 'final'
  paidAt: number | null
  /** ISO date; empty on receipts, which are never overdue. */
  dueDate: string
}

/** `today` is the account's date: an invoice is overdue from the day after its due date. */
export function documentState(document: StatedDocument, today: string): DocumentState {
  if (document.status === 'draft') return 'draft'
  if (document.paidAt !== null) return 'paid'
  return document.dueDate !== '' && document.dueDate < today ? 'overdue' : 'open'
}
