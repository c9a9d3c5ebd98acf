/** Reads a page of documents along an index and filters the rest row by row, up to a limit, so that no page reads a whole account. */
import { type SQL, sql } from 'drizzle-orm'
import type { MailState } from '../domain/delivery'
import type { DocumentKind } from '../domain/document'
import type { DocumentFilter } from '../domain/document-filter'
import type { DocumentState } from '../domain/document-state'
import { TEST_ID } from '../domain/test-mode'
import type { Db } from './client'
import type { DraftColumns } from './documents'

export const MAX_SCANNED = 1_000

export interface DocumentItem extends Omit<DraftColumns, 'contactId' | 'content' | 'externalId' | 'metadata'> {
  id: string
  kind: DocumentKind
  status: 'draft' | 'final'
  number: string | null
  paidAt: number | null
  /** Minor units taken back by credit notes. */
  credited: number
  mailState: MailState | null
  /** Epoch ms; the chosen time of a send that waits for it. */
  scheduledFor: number | null
  /** When the longest delayed of its mails was due, epoch ms. */
  heldSince: number | null
}

export interface DocumentPage {
  items: DocumentItem[]
  /** Cursor of the next page; absent on the last one. */
  next?: string | undefined
  /** Set when the page is not full because the search ended after this many documents; `next` continues there. */
  scanned?: number | undefined
}

const COLUMNS =
  sql.raw(`id, kind, test, status, number, contact_name, contact_key, issue_date, due_date, currency, total,
  paid_at, credited, mail_state, not_sent_reason, account_id, latest_send_id, created_at`)
/** Read only for the rows that are returned, and only while a mail is on its way. */
const SCHEDULED_FOR = sql.raw(`CASE mail_state WHEN 'on_its_way' THEN
  (SELECT scheduled_for FROM sends WHERE sends.id = latest_send_id AND sends.account_id = scanned.account_id) END`)
const HELD_SINCE = sql.raw(`CASE mail_state WHEN 'on_its_way' THEN
  (SELECT min(overdue_since) FROM deliveries INDEXED BY deliveries_document WHERE deliveries.account_id = scanned.account_id
    AND document_id = scanned.id AND overdue_since IS NOT NULL AND due_at IS NOT NULL) END`)

export interface Scan {
  /** Forces an index where SQLite would read the whole account. */
  index?: SQL | undefined
  /** Conditions that the index covers. */
  source: SQL
  /** Order of the index. */
  order: SQL
  /** Conditions that are checked row by row. */
  filter: SQL
  limit: number
  /** The columns of the cursor, which the index contains. */
  position: SQL
  cursor: (item: CursorItem) => string
}

type CursorItem = Pick<DocumentItem, 'id' | 'number' | 'contactKey'>

/** Reads documents along an index until the page is full or `MAX_SCANNED` rows have been read. */
export async function scan(
  db: Db,
  { index = sql``, source, order, filter, limit, position, cursor }: Scan,
): Promise<DocumentPage> {
  const from = sql`FROM documents ${index} WHERE ${source} ORDER BY ${order}`
  const rows = await db.all<Row>(
    sql`SELECT *, ${SCHEDULED_FOR} AS scheduled_for, ${HELD_SINCE} AS held_since FROM (SELECT ${COLUMNS} ${from} LIMIT ${MAX_SCANNED}) scanned
      WHERE ${filter} LIMIT ${limit + 1}`,
  )
  const items = rows.slice(0, limit).map(itemOf)
  const last = items.at(-1)
  if (rows.length > limit && last) return { items, next: cursor(last) }
  // Reads from the index alone whether the scan ended at the limit.
  const [end] = await db.all<Row>(sql`SELECT ${position} ${from} LIMIT 1 OFFSET ${MAX_SCANNED - 1}`)
  return end ? { items, next: cursor(itemOf(end)), scanned: MAX_SCANNED } : { items }
}

/**
 * Builds a condition: ids of live or of test documents, between two ids. It has one lower and one upper bound, since of two upper bounds
 * SQLite can seek by the wrong one and read the rows between them.
 */
export function idsOf(
  test: boolean,
  { before, after }: { before?: string | undefined; after?: string | undefined },
): SQL {
  const from = test ? sql`id > ${after ?? TEST_ID}` : after === undefined ? sql`true` : sql`id > ${after}`
  const to = test ? (before === undefined ? sql`true` : sql`id < ${before}`) : sql`id < ${before ?? TEST_ID}`
  return sql`${from} AND ${to}`
}

/** Selects a partial index for a filter. SQLite uses it only if the query repeats a term of the index's condition, hence `where`. */
export function narrowing({ kind, state, mailState }: DocumentFilter): { index?: SQL; where: SQL } {
  const by = (index: string, where: string) => ({ index: sql.raw(`INDEXED BY ${index}`), where: sql.raw(where) })
  if (mailState === 'problem' || mailState === 'unknown' || mailState === 'deferred')
    return by('documents_mail_attention', `mail_state = '${mailState}'`)
  if (mailState === 'kept_back') return by('documents_not_sent', 'not_sent_reason IS NOT NULL')
  if (kind === 'receipt' || kind === 'credit_note') return by('documents_kind', `kind = '${kind}'`)
  if (state === 'credited' || state === 'partly_credited') return by('documents_credited', 'credited > 0')
  if (state === 'draft') return by('documents_draft', `status = 'draft'`)
  if (state === 'open' || state === 'overdue') return by('documents_unpaid', 'paid_at IS NULL')
  return { where: sql`true` }
}

/** Translates a filter to SQL. A document can match two states: partly credited, and the state of the remaining amount. */
export function matching({ test, kind, state, mailState, today }: DocumentFilter): SQL {
  const states: Record<DocumentState, SQL> = {
    draft: sql`status = 'draft'`,
    open: sql`${owed} AND (due_date >= ${today} OR due_date = '')`,
    overdue: sql`${owed} AND due_date < ${today} AND due_date <> ''`,
    paid: sql`paid_at IS NOT NULL AND ${notCredited}`,
    partly_credited: sql`credited > 0 AND credited < total`,
    credited: sql`credited > 0 AND credited >= total`,
    issued: sql`kind = 'credit_note' AND status = 'final'`,
  }
  const terms = [
    ...(kind ? [sql`kind = ${kind}`] : []),
    sql`test = ${test ? 1 : 0}`,
    ...(state ? [states[state]] : []),
    ...(mailState ? [mailIs(mailState)] : []),
  ]
  return sql.join(terms, sql` AND `)
}

function mailIs(state: NonNullable<DocumentFilter['mailState']>): SQL {
  if (state === 'kept_back') return sql`not_sent_reason IS NOT NULL`
  return state === 'not_sent' ? sql`coalesce(mail_state, 'not_sent') = 'not_sent'` : sql`mail_state = ${state}`
}

const notCredited = sql.raw('(credited = 0 OR credited < total)')
const owed = sql.raw(
  `kind <> 'credit_note' AND status = 'final' AND paid_at IS NULL AND (credited = 0 OR credited < total)`,
)

interface Row {
  [column: string]: string | number | null
}

const itemOf = (row: Row): DocumentItem => ({
  id: String(row.id),
  kind: row.kind as DocumentKind,
  status: row.status as DocumentItem['status'],
  number: row.number as string | null,
  contactName: String(row.contact_name),
  contactKey: String(row.contact_key),
  issueDate: String(row.issue_date),
  dueDate: String(row.due_date),
  currency: String(row.currency),
  total: Number(row.total),
  paidAt: row.paid_at as number | null,
  credited: Number(row.credited),
  mailState: row.mail_state as MailState | null,
  scheduledFor: (row.scheduled_for ?? null) as number | null,
  heldSince: (row.held_since ?? null) as number | null,
})
