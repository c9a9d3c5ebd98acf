/** Describes the outcome of a bulk send for one document and address, for the page and the CSV. */
import type { BulkRow } from '../../db/bulk-documents'
import type { StoredBulkSend } from '../../db/bulk-sends'
import { leftOutReason } from '../../domain/bulk-send'
import { isTroubled } from '../../domain/problem'
import type { Translate } from '../../i18n'
import { leftOutKey } from '../../i18n/bulk-reason'
import { reasonText } from '../../i18n/reason'
import { type DisplayedStatus, displayStatus } from '../ui/delivery-status'

export interface Outcome extends DisplayedStatus {
  /** Explanation; undefined if the label needs none. */
  reason?: string | undefined
}

/** Returns the outcome; undefined for a document that will be sent once the bulk send is confirmed. */
export function outcomeOf(row: BulkRow, bulk: StoredBulkSend, t: Translate, now: number): Outcome | undefined {
  const { status } = row
  if (status) {
    const { dueAt, overdueSince, deliveryReason: reason } = row
    const shown = displayStatus({ status, attempt: row.attempt ?? 0, dueAt, overdueSince, reason }, null, now)
    return { ...shown, reason: status === 'delivered' || status === 'sent' ? undefined : reasonOf(row, t) }
  }
  const leftOut = leftOutReason(row, bulk.leftOut)
  if (leftOut)
    return { label: 'bulk.outcome.left_out', icon: 'mail-minus', tone: 'warn', reason: t(leftOutKey(leftOut)) }
  if (bulk.confirmedAt === null) return undefined
  if (bulk.undoneAt !== null) return { label: 'delivery_status.cancelled', icon: 'undo-2', tone: 'idle' }
  return { label: 'bulk.outcome.preparing', icon: 'clock', tone: 'idle' }
}

function reasonOf({ status, deliveryReason }: BulkRow, t: Translate): string | undefined {
  const meaning = status !== null && isTroubled(status) ? t(`delivery_status.${status}.text`) : undefined
  return reasonText(t, deliveryReason) ?? meaning
}
