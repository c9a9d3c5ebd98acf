/** Computes the state of a document as the merchant sees it, apart from its mail. */
import type { DocumentKind } from './document'

/** `issued` is the state of a final credit note, on which nothing is due. */
export const DOCUMENT_STATES = ['draft', 'open', 'overdue', 'paid', 'partly_credited', 'credited', 'issued'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]

const STATES: Record<DocumentKind, readonly DocumentState[]> = {
  invoice: ['draft', 'open', 'overdue', 'paid', 'partly_credited', 'credited'],
  receipt: ['draft', 'paid', 'partly_credited', 'credited'],
  credit_note: ['draft', 'issued'],
}

/** Returns the states by which documents of a kind, or of all kinds, can be filtered. */
export const statesOf = (kind: DocumentKind | undefined): readonly DocumentState[] => STATES[kind ?? 'invoice']

export interface StatedDocument {
  kind: DocumentKind
  status: 'draft' | 'final'
  paidAt: number | null
  /** ISO date; empty on kinds that are never overdue. */
  dueDate: string
  /** Minor units. */
  total: number
  credited: number
}

/**
 * Returns the state of a document. An invoice is overdue from the day after its due date; one credited in full is due no more.
 * @param today ISO date in the account's time zone
 */
export function documentState(document: StatedDocument, today: string): Exclude<DocumentState, 'partly_credited'> {
  const { kind, status, paidAt, dueDate, total, credited } = document
  if (status === 'draft') return 'draft'
  if (kind === 'credit_note') return 'issued'
  if (credited > 0 && credited >= total) return 'credited'
  if (paidAt !== null) return 'paid'
  return dueDate !== '' && dueDate < today ? 'overdue' : 'open'
}

/** Returns the state, and `partly_credited` beside it where a part was credited: the rest may be open, overdue or paid. */
export function documentStates(document: StatedDocument, today: string): DocumentState[] {
  const partly = document.credited > 0 && document.credited < document.total
  return [documentState(document, today), ...(partly ? (['partly_credited'] as const) : [])]
}

/** Returns the minor units that are still to be paid. */
export const amountDue = ({ kind, total, credited, paidAt }: Omit<StatedDocument, 'status' | 'dueDate'>): number =>
  kind === 'invoice' && paidAt === null ? Math.max(0, total - credited) : 0
