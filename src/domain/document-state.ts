/** What a document is to the merchant, apart from its mail. */
import type { DocumentKind } from './document'

/** `issued` is what a credit note is: nobody owes it. */
export const DOCUMENT_STATES = ['draft', 'open', 'overdue', 'paid', 'partly_credited', 'credited', 'issued'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]

const STATES: Record<DocumentKind, readonly DocumentState[]> = {
  invoice: ['draft', 'open', 'overdue', 'paid', 'partly_credited', 'credited'],
  receipt: ['draft', 'paid', 'partly_credited', 'credited'],
  credit_note: ['draft', 'issued'],
}

/** The states that documents of a kind, or of any, can be looked for by. */
export const statesOf = (kind: DocumentKind | undefined): readonly DocumentState[] => STATES[kind ?? 'invoice']

export interface StatedDocument {
  kind: DocumentKind
  status: 'draft' | 'final'
  paidAt: number | null
  /** ISO date; empty on what is never overdue. */
  dueDate: string
  /** Minor units. */
  total: number
  credited: number
}

/** `today` is the account's date: an invoice is overdue from the day after its due date. What is credited in full is owed no more. */
export function documentState(document: StatedDocument, today: string): Exclude<DocumentState, 'partly_credited'> {
  const { kind, status, paidAt, dueDate, total, credited } = document
  if (status === 'draft') return 'draft'
  if (kind === 'credit_note') return 'issued'
  if (credited > 0 && credited >= total) return 'credited'
  if (paidAt !== null) return 'paid'
  return dueDate !== '' && dueDate < today ? 'overdue' : 'open'
}

/** The state, and beside it that a part was taken back: what is left may be open, overdue or paid. */
export function documentStates(document: StatedDocument, today: string): DocumentState[] {
  const partly = document.credited > 0 && document.credited < document.total
  return [documentState(document, today), ...(partly ? (['partly_credited'] as const) : [])]
}

/** Minor units that are still to be paid. */
export const amountDue = ({ kind, total, credited, paidAt }: Omit<StatedDocument, 'status' | 'dueDate'>): number =>
  kind === 'invoice' && paidAt === null ? Math.max(0, total - credited) : 0
