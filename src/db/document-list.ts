/** Lists of documents. Whatever is asked for, a page reads few rows. */
import { type SQL, sql } from 'drizzle-orm'
import { prefixEnd, searchKey } from '../domain/search-key'
import type { Db } from './client'
import { type DocumentFilter, type DocumentPage, matching, narrowing, scan } from './document-scan'

export type { DocumentFilter, DocumentItem, DocumentPage } from './document-scan'

/** Newest first. `before` and `after` are ids: `after` is the page of newer ones, shown newest first as well. */
export async function listDocuments(
  db: Db,
  accountId: string,
  filter: DocumentFilter,
  { before, after, limit }: { before?: string | undefined; after?: string | undefined; limit: number },
): Promise<DocumentPage> {
  const from = after ? sql`id > ${after}` : before ? sql`id < ${before}` : sql`true`
  const { index, where } = narrowing(filter)
  const found = await scan(db, {
    index,
    source: sql`account_id = ${accountId} AND ${where} AND ${from}`,
    order: after ? sql`id ASC` : sql`id DESC`,
    filter: matching(filter),
    limit,
    position: sql`id`,
    cursor: ({ id }) => id,
  })
  return after ? { ...found, items: found.items.toReversed() } : found
}

export interface DocumentSearch {
  /** What the customer's name begins with. */
  name: string
  /** What the number begins with. */
  number: string
  /** The `next` of the page before. */
  after?: string | undefined
  limit: number
}

/** By number, the latest first, then by the customer's name, newest first for each customer. */
export async function searchDocuments(
  db: Db,
  accountId: string,
  filter: DocumentFilter,
  { name, number, after = '', limit }: DocumentSearch,
): Promise<DocumentPage> {
  const [by, position = '', id = ''] = after.split('|')
  const byNumber = by === 'contact' ? { items: [] } : await listByNumber(db, accountId, filter, number, position, limit)
  if (byNumber.next !== undefined) return byNumber
  const room = limit - byNumber.items.length
  if (room === 0) return { ...byNumber, next: 'contact' }
  const start = position && by === 'contact' ? sql`(contact_key, id) < (${position}, ${id})` : undefined
  const byContact = await listByContact(db, accountId, filter, { name, number }, start, room)
  return { ...byContact, items: [...byNumber.items, ...byContact.items] }
}

function listByNumber(
  db: Db,
  accountId: string,
  filter: DocumentFilter,
  prefix: string,
  position: string,
  limit: number,
): Promise<DocumentPage> {
  const below = position || prefixEnd(prefix)
  return scan(db, {
    source: sql`account_id = ${accountId} AND number >= ${prefix} AND number < ${below}`,
    order: sql`number DESC`,
    filter: matching(filter),
    limit,
    position: sql`number`,
    cursor: ({ number }) => `number|${number}`,
  })
}

function listByContact(
  db: Db,
  accountId: string,
  filter: DocumentFilter,
  { name, number }: { name: string; number: string },
  start: SQL | undefined,
  limit: number,
): Promise<DocumentPage> {
  const key = searchKey(name)
  const notByNumber = sql`(number IS NULL OR number < ${number} OR number >= ${prefixEnd(number)})`
  // One upper bound only, so that a deep page does not read from the start.
  const below = start ?? sql`contact_key < ${prefixEnd(key)}`
  return scan(db, {
    source: sql`account_id = ${accountId} AND contact_key >= ${key} AND ${below}`,
    order: sql`contact_key DESC, id DESC`,
    filter: sql`${matching(filter)} AND ${notByNumber}`,
    limit,
    position: sql`contact_key, id`,
    cursor: ({ contactKey, id }) => `contact|${contactKey}|${id}`,
  })
}
