/** Groups of documents by which the list of a bulk send is filtered. */
import { type SQL, sql } from 'drizzle-orm'
import { BLOCKED, BULK_FLAGS, type BulkGroup, hasFlag } from '../domain/bulk-send'
import { DELIVERY_STATUSES, type DeliveryStatus, type MailState, mailStateOf } from '../domain/delivery'
import { jsonList } from './client'

/** A group of documents. Mail states are groups too: a document belongs to the group of each of its mails. */
export type BulkListGroup = BulkGroup | 'all' | 'going' | 'left_out' | Exclude<MailState, 'not_sent'>

/** Builds a condition on `b` (bulk_documents): the document belongs to this group. */
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
