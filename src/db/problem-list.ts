/** Queries of problems: their counts, pages of them, and the mails that an address missed. */
import { type SQL, sql } from 'drizzle-orm'
import type { DeliveryStatus } from '../domain/delivery'
import type { DocumentKind } from '../domain/document'
import { type ProblemKind, statusesOfKind } from '../domain/problem'
import { type Db, jsonList } from './client'
import { isHeldUp } from './outages'

export interface ProblemItem {
  seq: number
  documentId: string
  deliveryId: string
  kind: DocumentKind
  number: string | null
  contactId: string | null
  contactName: string
  address: string
  status: DeliveryStatus
  reason: string | null
  serverText: string | null
  /** When Facteur learned of it, epoch ms. */
  at: number
  settledAt: number | null
  /** Name of the person who settled it; null if it is open or settled by itself. */
  settledBy: string | null
  settledSendId: string | null
}

/** Limits the count of the bell, and so the rows that are read for it. */
export const MAX_COUNTED = 100

export interface BellCount {
  problems: number
  /** Mails are delayed by Facteur or its provider (`isHeldUp`). */
  heldUp: boolean
}

/** Counts what the bell shows. */
export async function countForBell(db: Db, accountId: string, test: boolean, now: number): Promise<BellCount> {
  const row = await db.get<{ problems: number; heldUp: number }>(sql`
    SELECT (${openProblems(accountId, test)}) AS problems, ${isHeldUp(accountId, test, now)} AS heldUp`)
  return { problems: row?.problems ?? 0, heldUp: row?.heldUp === 1 }
}

/** Counts open problems, at most `MAX_COUNTED`. */
export async function countOpenProblems(db: Db, accountId: string, test: boolean): Promise<number> {
  const row = await db.get<{ n: number }>(openProblems(accountId, test))
  return row?.n ?? 0
}

const openProblems = (accountId: string, test: boolean): SQL => sql`
  SELECT count(*) AS n FROM (SELECT 1 FROM problems
    WHERE account_id = ${accountId} AND test = ${test ? 1 : 0} AND settled_at IS NULL LIMIT ${MAX_COUNTED})`

export const PROBLEM_VIEWS = ['open', 'settled', 'all'] as const
export type ProblemView = (typeof PROBLEM_VIEWS)[number]

export interface ProblemFilter {
  /** True selects problems of test documents only, false of live ones only. */
  test: boolean
  view: ProblemView
  kind?: ProblemKind | undefined
  /** Key of a single address. */
  addressKey?: string | undefined
}

export interface ProblemPage {
  items: ProblemItem[]
  /** The `seq` that the next page begins below. */
  next?: number | undefined
}

const MAX_SCANNED = 1_000

const COLUMNS = sql`p.seq, p.document_id AS documentId, p.delivery_id AS deliveryId, c.kind, c.number, c.contact_id AS contactId,
  c.contact_name AS contactName, d.address, d.status, d.reason, d.server_text AS serverText, p.at,
  p.settled_at AS settledAt, coalesce(nullif(u.name, ''), u.email) AS settledBy, p.settled_send_id AS settledSendId`
const JOINED = sql`
  CROSS JOIN deliveries d ON d.id = p.delivery_id AND d.account_id = p.account_id
  CROSS JOIN documents c ON c.account_id = p.account_id AND c.id = p.document_id
  LEFT JOIN users u ON u.id = p.settled_by`

const VIEWS: Record<ProblemView, SQL> = {
  open: sql`settled_at IS NULL`,
  settled: sql`settled_at IS NOT NULL`,
  all: sql`true`,
}

/** Lists problems, latest first. A page scans at most 1,000 rows. */
export async function listProblems(
  db: Db,
  accountId: string,
  { test, view, kind, addressKey }: ProblemFilter,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<ProblemPage> {
  const ofTest = sql`test = ${test ? 1 : 0}`
  const index = sql.raw(addressKey ? 'problems_address' : view === 'open' ? 'problems_open' : 'problems_seq')
  const by = sql`account_id = ${accountId} AND seq < ${before ?? Number.MAX_SAFE_INTEGER}
    AND ${addressKey ? sql`address_key = ${addressKey}` : view === 'open' ? sql`${ofTest} AND ${VIEWS.open}` : sql`true`}`
  const scanned = sql`SELECT * FROM problems INDEXED BY ${index} WHERE ${by} ORDER BY seq DESC LIMIT ${MAX_SCANNED}`
  const ofKind = kind ? sql`status IN (SELECT value FROM json_each(${jsonList(statusesOfKind(kind))}))` : sql`true`
  const rows = await db.all<ProblemItem>(sql`
    SELECT ${COLUMNS} FROM (SELECT * FROM (${scanned}) WHERE ${ofTest} AND ${VIEWS[view]} AND ${ofKind} LIMIT ${limit + 1}) p
    ${JOINED} ORDER BY p.seq DESC`)
  const items = rows.slice(0, limit)
  if (rows.length > limit) return { items, next: items.at(-1)?.seq }
  const end = await db.get<{ seq: number }>(sql`SELECT seq FROM (${scanned}) LIMIT 1 OFFSET ${MAX_SCANNED - 1}`)
  return { items, next: end?.seq }
}

export interface Missed {
  documentId: string
  deliveryId: string
  number: string | null
  kind: DocumentKind
  status: DeliveryStatus
  reason: string | null
  address: string
  serverText: string | null
  contactId: string | null
  contactName: string
  language: string
  subject: string | null
  body: string | null
  attachPdf: number
  /** JSON list of the ids of the mail's files; null = none. */
  attachments: string | null
  settledSendId: string | null
}

const MISSED = sql`p.document_id AS documentId, p.delivery_id AS deliveryId, c.number, c.kind, d.status, d.reason, d.address,
  d.server_text AS serverText, c.contact_id AS contactId, c.contact_name AS contactName, s.language, s.subject, s.body, s.attach_pdf AS attachPdf, s.attachments,
  p.settled_send_id AS settledSendId`
const WITH_SEND = sql`
  CROSS JOIN deliveries d ON d.id = p.delivery_id AND d.account_id = p.account_id
  CROSS JOIN documents c ON c.account_id = p.account_id AND c.id = p.document_id
  CROSS JOIN sends s ON s.id = d.send_id AND s.account_id = p.account_id`

/** Returns a problem, open or settled, with the mail that failed. */
export const findMissed = (db: Db, accountId: string, documentId: string, deliveryId: string) =>
  db.get<Missed | undefined>(sql`
    SELECT ${MISSED} FROM problems p ${WITH_SEND}
    WHERE p.account_id = ${accountId} AND p.document_id = ${documentId} AND p.delivery_id = ${deliveryId}`)

/** Limits how many mails are sent again by one click. */
export const MAX_MISSED = 50

/**
 * Lists the mails that a contact missed at an address, of live or of test documents, oldest first: open problems except complaints, since a
 * mail that was marked as spam has arrived.
 */
export const listMissed = (
  db: Db,
  {
    accountId,
    contactId,
    addressKey,
    test,
  }: { accountId: string; contactId: string; addressKey: string; test: boolean },
) =>
  db.all<Missed>(sql`
    SELECT ${MISSED} FROM problems p INDEXED BY problems_address ${WITH_SEND}
    WHERE p.account_id = ${accountId} AND p.address_key = ${addressKey} AND p.settled_at IS NULL
      AND p.test = ${test ? 1 : 0} AND p.status <> 'complained' AND c.contact_id = ${contactId}
    ORDER BY p.seq LIMIT ${MAX_MISSED}`)

/** Dismisses a problem, or reopens it when `at` is null. Problems that a later send settled don't change. Returns no row when nothing changed. */
export const dismiss = (
  db: Db,
  key: { accountId: string; documentId: string; deliveryId: string },
  { at, by }: { at: number | null; by: string },
) =>
  db.all<{ seq: number }>(sql`
    UPDATE problems SET settled_at = ${at}, settled_by = ${at === null ? null : by}
    WHERE account_id = ${key.accountId} AND document_id = ${key.documentId} AND delivery_id = ${key.deliveryId}
      AND settled_send_id IS NULL AND (settled_at IS NULL) = ${at === null ? 0 : 1}
    RETURNING seq`)
