import type { HistoryRow, HistoryType } from '../../db/history'

/** A send of an account's document, and the person who acts on it. */
export interface SendRef {
  accountId: string
  userId: string
  documentId: string
  sendId: string
}

/** Returns the History row of a person's action on a send. */
export const sendHistory = (ref: SendRef, type: HistoryType, at: number, data: HistoryRow['data']): HistoryRow => ({
  accountId: ref.accountId,
  documentId: ref.documentId,
  id: `his_${ref.sendId}_${type}_${at}`,
  at,
  type,
  actor: ref.userId,
  deliveryId: null,
  data,
})
