/** Everything that is kept of some documents, for people who take it with them. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'
import { deliveries, documents, history } from './schema'

const listed = (ids: readonly string[]) => sql`(SELECT value FROM json_each(${jsonList(ids)}))`

export const listDocumentsById = (db: Db, accountId: string, ids: readonly string[]) =>
  db
    .select()
    .from(documents)
    .where(and(eq(documents.accountId, accountId), inArray(documents.id, listed(ids))))

export const listDeliveriesOf = (db: Db, accountId: string, documentIds: readonly string[]) =>
  db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.accountId, accountId), inArray(deliveries.documentId, listed(documentIds))))

export const listHistoryOf = (db: Db, accountId: string, documentIds: readonly string[]) =>
  db
    .select()
    .from(history)
    .where(and(eq(history.accountId, accountId), inArray(history.documentId, listed(documentIds))))
