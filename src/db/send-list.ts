/** The list of an account's sends, found by their deliveries, which are indexed by account. A page scans at most 1,000 of those. */
import { type SQL, sql } from 'drizzle-orm'
import {
  DELIVERY_STATUSES,
  type DeliveryStatus,
  MAIL_STATES,
  type MailState,
  mailStateOf,
  type SendOrigin,
} from '../domain/delivery'
import type { Metadata } from '../domain/metadata'
import { TEST_ID } from '../domain/test-mode'
import { constants, type Db, eachOf } from './client'
import { readJsonOrNull } from './read-json'
import { METADATA } from './stored-shapes'

export interface SendDelivery {
  id: string
  address: string
  status: DeliveryStatus
  attempt: number
  dueAt: number | null
  /** A code; `reason.<code>` in the locales is the sentence. */
  reason: string | null
  serverText: string | null
  sentAt: number | null
  deliveredAt: number | null
  endedAt: number | null
}

export interface ListedSend {
  id: string
  documentId: string
  origin: SendOrigin
  language: string
  attachPdf: boolean
  scheduledFor: number | null
  createdAt: number
  externalId: string | null
  metadata: Metadata
  /** Those to customers; the merchant's copy is left out. */
  deliveries: SendDelivery[]
}

export interface SendFilter {
  test: boolean
  documentId?: string | undefined
  externalId?: string | undefined
  state?: MailState | undefined
}

export interface SendPage {
  sends: ListedSend[]
  /** The cursor of the next page, which can follow a page that is not full. */
  next?: string | undefined
}

const MAX_SCANNED = 1_000

/** Lists sends of one mode, newest first. `before` is the cursor of the page before. */
export async function listSends(
  db: Db,
  accountId: string,
  filter: SendFilter,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<SendPage> {
  const source = candidates(accountId, filter, before)
  // The rows keep the order of the source. An ORDER BY would read all of them.
  const found = await db.all<{ id: string; sendId: string }>(sql`
    SELECT d.id, d.send_id AS sendId FROM (${source} LIMIT ${MAX_SCANNED}) d
    WHERE ${matching(accountId, filter)} LIMIT ${limit + 1}`)
  const shown = found.slice(0, limit)
  const ids = shown.map(({ sendId }) => sendId)
  const sends = await listSendsByIds(db, accountId, ids)
  if (found.length > limit) return { sends, next: shown.at(-1)?.id }
  const end = await db.get<{ id: string }>(sql`SELECT id FROM (${source} LIMIT 1 OFFSET ${MAX_SCANNED - 1})`)
  return { sends, next: end?.id }
}

/** Selects deliveries, newest first, from the index that covers most of the filter. */
function candidates(accountId: string, { documentId, externalId }: SendFilter, before: string | undefined): SQL {
  const columns = sql`d.id, d.send_id, d.document_id, d.purpose, d.status`
  const earlier = before === undefined ? sql`true` : sql`d.id < ${before}`
  if (externalId !== undefined)
    return sql`
      SELECT ${columns} FROM sends s
      CROSS JOIN deliveries d INDEXED BY deliveries_document
        ON d.account_id = ${accountId} AND d.document_id = s.document_id AND d.send_id = s.id
      WHERE s.account_id = ${accountId} AND s.external_id = ${externalId} AND ${earlier} ORDER BY d.id DESC`
  if (documentId !== undefined)
    return sql`
      SELECT ${columns} FROM deliveries d INDEXED BY deliveries_document
      WHERE d.account_id = ${accountId} AND d.document_id = ${documentId} AND ${earlier} ORDER BY d.id DESC`
  return sql`
    SELECT ${columns} FROM deliveries d INDEXED BY deliveries_account
    WHERE d.account_id = ${accountId} AND ${earlier} ORDER BY d.id DESC`
}

/** Builds the conditions that are checked row by row: each send is found by the first of its deliveries. */
function matching(accountId: string, { test, documentId, state }: SendFilter): SQL {
  const ofSend = (columns: SQL) => sql`
    (SELECT ${columns} FROM deliveries o INDEXED BY deliveries_document WHERE o.account_id = ${accountId}
      AND o.document_id = d.document_id AND o.send_id = d.send_id AND o.purpose = 'customer')`
  return sql`d.purpose = 'customer' AND (substr(d.document_id, 1, ${TEST_ID.length}) = ${TEST_ID}) = ${test ? 1 : 0}
    AND ${documentId === undefined ? sql`true` : sql`d.document_id = ${documentId}`}
    AND d.id = ${ofSend(sql`min(o.id)`)}
    AND ${state === undefined ? sql`true` : sql`${ofSend(sql`min(${PLACE_OF_STATE})`)} = ${MAIL_STATES.indexOf(state)}`}`
}

/** The place of a delivery's state in `MAIL_STATES`: the first of a send's deliveries decides its state. */
const PLACE_OF_STATE = sql`CASE ${sql.join(
  MAIL_STATES.map(
    (state, place) =>
      sql`WHEN o.status IN ${constants(DELIVERY_STATUSES.filter((status) => mailStateOf([status]) === state))} THEN ${sql.raw(String(place))}`,
  ),
  sql` `,
)} END`

/** Returns a send with its deliveries; undefined if the account has none with this id. */
export const findListedSend = async (db: Db, accountId: string, id: string): Promise<ListedSend | undefined> =>
  (await listSendsByIds(db, accountId, [id]))[0]

type Row = Omit<ListedSend, 'attachPdf' | 'metadata' | 'deliveries'> & {
  attachPdf: number
  metadata: string | null
  deliveryId: string | null
} & Omit<SendDelivery, 'id'>

/** Lists sends in the order of `ids`. */
async function listSendsByIds(db: Db, accountId: string, ids: string[]): Promise<ListedSend[]> {
  if (ids.length === 0) return []
  const rows = await db.all<Row>(sql`
    SELECT s.id, s.document_id AS documentId, s.origin, s.language, s.attach_pdf AS attachPdf, s.scheduled_for AS scheduledFor,
      s.created_at AS createdAt, s.external_id AS externalId, s.metadata, d.id AS deliveryId, d.address, d.status, d.attempt,
      d.due_at AS dueAt, d.reason, d.server_text AS serverText, d.sent_at AS sentAt, d.delivered_at AS deliveredAt, d.ended_at AS endedAt
    FROM ${eachOf(ids.map((id) => [id]))} j
    CROSS JOIN sends s ON s.id = j.value->>0 AND s.account_id = ${accountId}
    LEFT JOIN deliveries d ON d.account_id = s.account_id AND d.document_id = s.document_id AND d.send_id = s.id
      AND d.purpose = 'customer'
    ORDER BY j.key, d.id`)
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((ofSend) => ofSend.slice(0, 1).map(toSend(ofSend)))
}

const toSend =
  (rows: Row[]) =>
  (first: Row): ListedSend => ({
    ...{ id: first.id, documentId: first.documentId, origin: first.origin, language: first.language },
    ...{ scheduledFor: first.scheduledFor, createdAt: first.createdAt, externalId: first.externalId },
    attachPdf: first.attachPdf === 1,
    metadata: readJsonOrNull(METADATA, first.metadata) ?? {},
    deliveries: rows.flatMap(({ deliveryId, ...row }) => (deliveryId === null ? [] : [deliveryOf(deliveryId, row)])),
  })

const deliveryOf = (id: string, row: Omit<SendDelivery, 'id'>): SendDelivery => ({
  id,
  ...{ address: row.address, status: row.status, attempt: row.attempt, dueAt: row.dueAt },
  ...{ reason: row.reason, serverText: row.serverText },
  ...{ sentAt: row.sentAt, deliveredAt: row.deliveredAt, endedAt: row.endedAt },
})
