/** Lists documents by the facts that programs know: number, external id, contact, dates. */
import { and, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm'
import type { DocumentFilter } from '../domain/document-filter'
import { idFloor } from '../domain/id-range'
import { documentPrefix } from '../domain/test-mode'
import { type Db, jsonList } from './client'
import { idsOf, matching, narrowing, scan } from './document-scan'
import type { StoredDocument } from './documents'
import { documents } from './schema'

export interface DocumentFacts {
  number?: string | undefined
  externalId?: string | undefined
  contactId?: string | undefined
  /** ISO dates of issue, both included. */
  issuedFrom?: string | undefined
  issuedTo?: string | undefined
  /** Epoch ms, both included. */
  createdFrom?: number | undefined
  createdTo?: number | undefined
}

export type DocumentSummary = Omit<StoredDocument, 'content' | 'snapshot'>

const { content: _, snapshot: __, ...SUMMARY } = getTableColumns(documents)

/** How long before its document an id may have been made: as long as a session, and so a form, can stay open. */
const MAX_FORM_MS = 90 * 86_400_000

/** Lists documents of one mode, newest first. A page may be short, or empty, and have a `next` all the same. */
export async function listDocumentsByFacts(
  db: Db,
  accountId: string,
  filter: DocumentFilter,
  facts: DocumentFacts,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<{ items: DocumentSummary[]; next?: string | undefined }> {
  const { index, where } = indexFor(filter, facts)
  const { from, to } = createdIds(filter.test, facts)
  const upper = to !== undefined && (before === undefined || to < before) ? to : before
  const { items, next } = await scan(db, {
    index,
    source: sql`account_id = ${accountId} AND ${where} AND ${idsOf(filter.test, { before: upper, after: from })}`,
    order: sql`id DESC`,
    filter: sql.join([matching(filter), ...datesMatch(facts)], sql` AND `),
    limit,
    position: sql`id`,
    cursor: ({ id }) => id,
  })
  const ids = items.map(({ id }) => id)
  const rows = await db
    .select(SUMMARY)
    .from(documents)
    .where(
      and(
        eq(documents.accountId, accountId),
        inArray(documents.id, sql`(SELECT value FROM json_each(${jsonList(ids)}))`),
      ),
    )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { items: ids.flatMap((id) => byId.get(id) ?? []), next }
}

/** Selects the index that leaves the fewest rows. The condition of a partial index stands beside its value. */
function indexFor(
  filter: DocumentFilter,
  { externalId, number, contactId }: DocumentFacts,
): { index?: SQL; where: SQL } {
  const terms = [
    ...(externalId === undefined ? [] : [sql`external_id = ${externalId} AND external_id IS NOT NULL`]),
    ...(number === undefined ? [] : [sql`number = ${number} AND number IS NOT NULL`]),
    ...(contactId === undefined ? [] : [sql`contact_id = ${contactId} AND contact_id IS NOT NULL`]),
  ]
  if (terms.length === 0) return narrowing(filter)
  const name = externalId !== undefined ? 'external_id' : number !== undefined ? 'number' : 'of_contact'
  return { index: sql.raw(`INDEXED BY documents_${name}`), where: sql.join(terms, sql` AND `) }
}

/** Returns the bounds of the ids that can have been made in the wanted time, both excluded. */
function createdIds(test: boolean, { createdFrom, createdTo }: DocumentFacts): { from?: string; to?: string } {
  const floor = (at: number) => idFloor(documentPrefix(test), at)
  return {
    ...(createdFrom !== undefined && { from: floor(createdFrom - MAX_FORM_MS) }),
    ...(createdTo !== undefined && { to: floor(createdTo + DAY_MS) }),
  }
}

/** The clocks of two isolates differ by less. */
const DAY_MS = 86_400_000

const datesMatch = ({ issuedFrom, issuedTo, createdFrom, createdTo }: DocumentFacts): SQL[] => [
  ...(issuedFrom === undefined ? [] : [sql`issue_date >= ${issuedFrom}`]),
  ...(issuedTo === undefined ? [] : [sql`issue_date <> '' AND issue_date <= ${issuedTo}`]),
  ...(createdFrom === undefined ? [] : [sql`created_at >= ${createdFrom}`]),
  ...(createdTo === undefined ? [] : [sql`created_at <= ${createdTo}`]),
]
