/** Statements that delete documents with their deliveries and events. Their objects in R2 are deleted before. */
import { type SQL, sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'
import { removeProviderMessages } from './provider-messages'

export interface RemovableDelivery {
  id: string
  accountId: string
  documentId: string
  sendId: string
}

const idsOf = (list: { id: string }[]): SQL => sql`(SELECT value FROM json_each(${jsonList(list.map(({ id }) => id))}))`

/** Lists all deliveries of these documents. */
export const listRemovableDeliveries = (
  db: Db,
  accountId: string,
  documentIds: string[],
): Promise<RemovableDelivery[]> =>
  db.all<RemovableDelivery>(sql`
    SELECT d.id, d.account_id AS accountId, d.document_id AS documentId, d.send_id AS sendId
    FROM json_each(${jsonList(documentIds)}) j
    CROSS JOIN deliveries d ON d.account_id = ${accountId} AND d.document_id = j.value`)

/** Deletes deliveries with their History, links, problems and events, and sends without deliveries. For a batch. */
export function removeDeliveries(list: RemovableDelivery[]): SQL[] {
  const rows = jsonList(list)
  const historyKeys = sql`
    SELECT h.account_id, h.document_id, h.id FROM json_each(${rows}) j
    CROSS JOIN history h ON h.account_id = j.value->>'accountId' AND h.document_id = j.value->>'documentId' AND h.delivery_id = j.value->>'id'`
  return [
    sql`DELETE FROM history WHERE (account_id, document_id, id) IN (${historyKeys})`,
    sql`
      DELETE FROM fresh_links WHERE (account_id, delivery_id, created_at) IN (
        SELECT f.account_id, f.delivery_id, f.created_at FROM json_each(${rows}) j
        CROSS JOIN fresh_links f ON f.account_id = j.value->>'accountId' AND f.delivery_id = j.value->>'id')`,
    sql`
      DELETE FROM problems WHERE (account_id, document_id, delivery_id) IN (
        SELECT value->>'accountId', value->>'documentId', value->>'id' FROM json_each(${rows}))`,
    sql`DELETE FROM provider_events WHERE delivery_id IN ${idsOf(list)}`,
    removeProviderMessages(idsOf(list)),
    sql`DELETE FROM deliveries WHERE id IN ${idsOf(list)}`,
    sql`
      DELETE FROM sends WHERE id IN (SELECT value->>'sendId' FROM json_each(${rows}))
        AND NOT EXISTS (SELECT 1 FROM deliveries d
          WHERE d.account_id = sends.account_id AND d.document_id = sends.document_id AND d.send_id = sends.id)`,
  ]
}

/** Deletes documents with their History. For a batch, after `removeDeliveries`. */
export function removeDocuments(accountId: string, documentIds: string[]): SQL[] {
  const ids = sql`(SELECT value FROM json_each(${jsonList(documentIds)}))`
  return [
    sql`DELETE FROM history WHERE account_id = ${accountId} AND document_id IN ${ids}`,
    sql`DELETE FROM documents WHERE account_id = ${accountId} AND id IN ${ids}`,
  ]
}
