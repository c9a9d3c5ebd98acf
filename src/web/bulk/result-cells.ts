/** Builds the columns and rows of the result CSV. */
import type { BulkRow } from '../../db/bulk-documents'
import type { StoredBulkSend } from '../../db/bulk-sends'
import { localDateTime } from '../../domain/calendar'
import { toDecimal } from '../../domain/money'
import type { Key, Translate } from '../../i18n'
import { outcomeOf } from './outcome'

export const RESULT_COLUMNS: Key[] = [
  'documents.number',
  'bulk.column.kind',
  'documents.contact',
  'documents.amount',
  'bulk.column.currency',
  'bulk.column.address',
  'bulk.column.outcome',
  'bulk.column.reason',
  'bulk.column.server',
  'bulk.column.sent_at',
  'bulk.column.delivered_at',
]

interface Context {
  t: Translate
  timeZone: string
  now: number
}

/** Returns the cells of a row, in the order of `RESULT_COLUMNS`; times as '2026-11-24 14:03' in the person's zone. */
export function resultCells(row: BulkRow, bulk: StoredBulkSend, { t, timeZone, now }: Context): string[] {
  const outcome = outcomeOf(row, bulk, t, now)
  const time = (at: number | null) => (at === null ? '' : localDateTime(at, timeZone).replace('T', ' '))
  return [
    row.number ?? '',
    row.kind ? t(`document.kind.${row.kind}`) : '',
    row.contactName ?? '',
    row.total !== null && row.currency ? toDecimal(row.total, row.currency) : '',
    row.currency ?? '',
    row.address ?? '',
    outcome ? t(outcome.label) : '',
    outcome?.reason ?? '',
    row.serverText ?? '',
    time(row.sentAt),
    time(row.deliveredAt),
  ]
}
