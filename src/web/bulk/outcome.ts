/** What became of a document of a bulk send at one address, in words: for the page and for the CSV. */
import type { BulkRow } from '../../db/bulk-documents'
import type { StoredBulkSend } from '../../db/bulk-sends'
import { BLOCKED_GROUPS, hasFlag, OPTIONAL_GROUPS } from '../../domain/bulk-send'
import { isTroubled } from '../../domain/problem'
import type { Key, Translate } from '../../i18n'
import { reasonText } from '../../i18n/reason'
import { type DisplayedStatus, displayStatus } from '../ui/delivery-status'

export interface Outcome extends DisplayedStatus {
  /** Why; undefined where the word says it all. */
  reason?: string | undefined
}

/** Undefined before the bulk send is confirmed, for what goes. */
export function outcomeOf(row: BulkRow, bulk: StoredBulkSend, t: Translate, now: number): Outcome | undefined {
  const { status } = row
  if (status) {
    const shown = displayStatus(
      { status, attempt: row.attempt ?? 0, dueAt: row.dueAt, overdueSince: row.overdueSince },
      null,
      now,
    )
    return { ...shown, reason: status === 'delivered' || status === 'sent' ? undefined : reasonOf(row, t) }
  }
  const why = leftOutBecause(row, bulk)
  if (why) return { word: 'bulk.outcome.left_out', icon: 'mail-minus', tone: 'warn', reason: t(why) }
  if (bulk.confirmedAt === null) return undefined
  if (bulk.undoneAt !== null) return { word: 'delivery_status.cancelled', icon: 'undo-2', tone: 'idle' }
  return { word: 'bulk.outcome.preparing', icon: 'clock', tone: 'idle' }
}

function reasonOf({ status, deliveryReason }: BulkRow, t: Translate): string | undefined {
  const meaning = status !== null && isTroubled(status) ? t(`delivery_status.${status}.text`) : undefined
  return reasonText(t, deliveryReason) ?? meaning
}

function leftOutBecause({ flags, reason }: BulkRow, { leftOut }: StoredBulkSend): Key | undefined {
  const blocked = BLOCKED_GROUPS.find((group) => hasFlag(flags, group))
  if (blocked) return `bulk.reason.${blocked}`
  const chosen = OPTIONAL_GROUPS.find((group) => hasFlag(flags & leftOut, group))
  if (chosen) return `bulk.reason.chosen.${chosen}`
  return reason ? `bulk.reason.${reason}` : undefined
}
