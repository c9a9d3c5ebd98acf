/** Queries of complete rows, for exports. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'
import { deliveries, documents, history } from './schema'

const idList = (ids: readonly string[]) => sql`(SELECT value FROM json_each(${jsonList(ids)}))`

/** Lists documents with all their columns. */
export const listDocumentsById = (db: Db, accountId: string, ids: readonly string[]) =>
  db
    .select()
    .from(documents)
    .where(and(eq(documents.accountId, accountId), inArray(documents.id, idList(ids))))

/** Lists the deliveries of documents with all their columns. */
export const listDeliveriesOf = (db: Db, accountId: string, documentIds: readonly string[]) =>
  db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.accountId, accountId), inArray(deliveries.documentId, idList(documentIds))))

/** Lists the History of documents. */
export const listHistoryOf = (db: Db, accountId: string, documentIds: readonly string[]) =>
  db
    .select()
    .from(history)
    .where(and(eq(history.accountId, accountId), inArray(history.documentId, idList(documentIds))))
