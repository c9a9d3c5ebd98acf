/** Which documents of a bulk send a list shows, as a condition on `b` (bulk_documents). */
import { type SQL, sql } from 'drizzle-orm'
import { BLOCKED, BULK_FLAGS, type BulkGroup, hasFlag } from '../domain/bulk-send'
import { DELIVERY_STATUSES, type DeliveryStatus, type MailState, mailStateOf } from '../domain/delivery'
import { jsonList } from './client'

/** Those of a mail are the counters of the progress: a document belongs to the group of each of its mails. */
export type BulkListGroup = BulkGroup | 'all' | 'going' | 'left_out' | Exclude<MailState, 'not_sent'>

export function inGroup(group: BulkListGroup, leftOut: number): SQL {
  if (group === 'all') return sql`true`
  if (group === 'going') return sql`b.flags & ${BLOCKED | leftOut} = 0`
  if (group === 'left_out') return sql`(b.flags & ${BLOCKED | leftOut} <> 0 OR b.reason IS NOT NULL)`
  if (isFlag(group)) {
    const bit = BULK_FLAGS[group]
    return hasFlag(BLOCKED, group) ? sql`b.flags & ${bit} <> 0` : sql`b.flags & ${bit | BLOCKED} = ${bit}`
  }
  return sql`EXISTS (SELECT 1 FROM deliveries d WHERE d.account_id = b.account_id AND d.document_id = b.document_id
    AND d.bulk_id = b.bulk_id AND d.purpose = 'customer' AND d.status IN (SELECT value FROM json_each(${jsonList(statusesOf(group))})))`
}

const isFlag = (group: BulkListGroup): group is BulkGroup => group in BULK_FLAGS

const statusesOf = (state: MailState): DeliveryStatus[] =>
  DELIVERY_STATUSES.filter((status) => mailStateOf([status]) === state)
