/** Computes the amount due on an issued document, at one moment. */
import { dateIn } from './calendar'
import type { DocumentKind } from './document'
import { amountDue, type StatedDocument } from './document-state'

export interface Balance {
  /** Minor units that are still to be paid. */
  due: number
  /** Minor units that credit notes took back. */
  credited: number
  /** ISO date on which an invoice was paid; '' while it is not, and on other kinds. */
  paidOn: string
}

/** Why nothing is due on an invoice. */
export type Settlement = 'paid' | 'credited' | 'nothing'

export const balanceOf = (
  document: Pick<StatedDocument, 'kind' | 'total' | 'credited' | 'paidAt'>,
  timeZone: string,
): Balance => ({
  due: amountDue(document),
  credited: document.credited,
  paidOn: document.kind === 'invoice' && document.paidAt !== null ? dateIn(document.paidAt, timeZone) : '',
})

/** Returns why nothing is due on an invoice; undefined while something is, and on kinds that never ask for money. */
export function settlementOf(kind: DocumentKind, total: number, balance: Balance): Settlement | undefined {
  if (kind !== 'invoice' || balance.due > 0) return undefined
  if (balance.credited > 0 && balance.credited >= total) return 'credited'
  return balance.paidOn === '' ? 'nothing' : 'paid'
}
