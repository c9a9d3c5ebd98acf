import { findAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { findDocument, markDocumentPaid } from '../../db/documents'
import { insertHistory } from '../../db/history'
import { dateIn, isIsoDate, startOfDate } from '../../domain/calendar'
import { isPaidTooEarly } from '../../domain/document-readiness'
import { amountDue } from '../../domain/document-state'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

export interface PaidInput {
  accountId: string
  documentId: string
  /** ISO date in the account's time zone. */
  paidOn: string
  actor: string
}

export type PaidRefusal =
  | 'not_found'
  | 'not_final'
  | 'nothing_due'
  | 'date_invalid'
  | 'paid_in_future'
  | 'paid_too_early'

/** Marks an invoice as paid on a day. A repeated request changes nothing. `markUnpaid` reverses it. */
export async function markPaid(deps: Deps, input: PaidInput): Promise<Result<null, PaidRefusal>> {
  const { accountId, documentId, paidOn, actor } = input
  const [document, account] = await Promise.all([
    findDocument(deps.db, accountId, documentId),
    findAccount(deps.db, accountId),
  ])
  if (!document || !account) return refuse('not_found')
  if (document.status === 'draft') return refuse('not_final')
  const { timeZone } = account.settings
  if (document.paidAt === null && amountDue(document) === 0 && document.total > 0) return refuse('nothing_due')
  const at = deps.now()
  const paidAt = isIsoDate(paidOn) ? startOfDate(paidOn, timeZone) : undefined
  if (paidAt === undefined) return refuse('date_invalid')
  if (paidOn > dateIn(at, timeZone)) return refuse('paid_in_future')
  if (isPaidTooEarly(paidOn, document.issueDate)) return refuse('paid_too_early', { issued: document.issueDate })
  const historyRow = { accountId, documentId, id: deps.newId('his'), at, actor, deliveryId: null }
  await runBatch(deps.db, [
    markDocumentPaid(deps.db, accountId, documentId, paidAt, at),
    insertHistory(deps.db, [{ ...historyRow, type: 'paid', data: { date: paidOn } }], 'after_change'),
  ])
  return ok(null)
}
