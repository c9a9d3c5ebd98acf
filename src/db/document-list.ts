/** Lists of documents. Each page reads few rows, however many documents the account has. */
import { type SQL, sql } from 'drizzle-orm'
import type { DocumentFilter } from '../domain/document-filter'
import { prefixEnd, searchKey } from '../domain/search-key'
import type { Db } from './client'
import { type DocumentPage, idsOf, matching, narrowing, scan } from './document-scan'

export type { DocumentItem, DocumentPage } from './document-scan'

/** Lists documents, newest first. `before` and `after` are ids; `after` returns the page of newer documents, newest first as well. */
export async function listDocuments(
  db: Db,
  accountId: string,
  filter: DocumentFilter,
  { before, after, limit }: { before?: string | undefined; after?: string | undefined; limit: number },
): Promise<DocumentPage> {
  const { index, where } = narrowing(filter)
  const found = await scan(db, {
    index,
    source: sql`account_id = ${accountId} AND ${where} AND ${idsOf(filter.test, { before, after })}`,
    order: after ? sql`id ASC` : sql`id DESC`,
    filter: matching(filter),
    limit,
    position: sql`id`,
    cursor: ({ id }) => id,
  })
  return after ? { ...found, items: found.items.toReversed() } : found
}

export interface DocumentSearch {
  /** Beginning of the customer's name. */
  name: string
  /** Beginning of the number. */
  number: string
  /** The `next` of the page before. */
  after?: string | undefined
  limit: number
}

/** Searches documents: first by number, the latest first, then by the customer's name, newest first for each customer. */
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
  const start = by === 'contact' && id ? { position, id } : undefined
  const byName = filter.test ? listTestsByContact : listByContact
  const byContact = await byName(db, accountId, filter, { name, number }, start, room)
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

type Wanted = Pick<DocumentSearch, 'name' | 'number'>
/** The last document of the previous page. */
type Start = { position: string; id: string } | undefined

const notByNumber = (number: string): SQL =>
  sql`(number IS NULL OR number < ${number} OR number >= ${prefixEnd(number)})`

function listByContact(
  db: Db,
  accountId: string,
  filter: DocumentFilter,
  { name, number }: Wanted,
  start: Start,
  limit: number,
): Promise<DocumentPage> {
  const key = searchKey(name)
  // One upper bound only, so that a deep page does not read from the start.
  const below = start ? sql`(contact_key, id) < (${start.position}, ${start.id})` : sql`contact_key < ${prefixEnd(key)}`
  return scan(db, {
    source: sql`account_id = ${accountId} AND contact_key >= ${key} AND ${below}`,
    order: sql`contact_key DESC, id DESC`,
    filter: sql`${matching(filter)} AND ${notByNumber(number)}`,
    limit,
    position: sql`contact_key, id`,
    cursor: ({ contactKey, id }) => `contact|${contactKey}|${id}`,
  })
}

/** Lists test documents by the customer's name. Scans test documents by id, newest first, because the index by name has live ones between them. */
function listTestsByContact(
  db: Db,
  accountId: string,
  filter: DocumentFilter,
  { name, number }: Wanted,
  start: Start,
  limit: number,
): Promise<DocumentPage> {
  const key = searchKey(name)
  return scan(db, {
    source: sql`account_id = ${accountId} AND ${idsOf(true, { before: start?.id })}`,
    order: sql`id DESC`,
    filter: sql`${matching(filter)} AND contact_key >= ${key} AND contact_key < ${prefixEnd(key)} AND ${notByNumber(number)}`,
    limit,
    position: sql`id`,
    cursor: ({ id }) => `contact||${id}`,
  })
}
