/** Lists of a contact's documents, deliveries and problems. */

import { sql } from 'drizzle-orm'
import { TROUBLED_STATUSES } from '../domain/problem'
import { constants, type Db, jsonList } from './client'
import { LISTED_COLUMNS, type ListedDelivery } from './delivery-list'
import { type DocumentPage, idsOf, scan } from './document-scan'

export const CONTACT_VIEWS = ['documents', 'deliveries', 'problems'] as const
export type ContactView = (typeof CONTACT_VIEWS)[number]

const FILTERS = {
  documents: sql`true`,
  deliveries: sql`latest_send_id IS NOT NULL`,
  problems: sql`mail_state IN ('problem', 'unknown', 'deferred')`,
}

/** Lists documents of all kinds, newest first: all, those that were sent, or those whose latest send has a problem. `before` is an id. */
export function listContactDocuments(
  db: Db,
  accountId: string,
  contactId: string,
  { test, view, before, limit }: { test: boolean; view: ContactView; before: string | undefined; limit: number },
): Promise<DocumentPage> {
  return scan(db, {
    index: sql`INDEXED BY documents_of_contact`,
    source: sql`account_id = ${accountId} AND contact_id = ${contactId} AND ${idsOf(test, { before })}`,
    order: sql`id DESC`,
    filter: sql`test = ${test ? 1 : 0} AND ${FILTERS[view]}`,
    limit,
    position: sql`id`,
    cursor: ({ id }) => id,
  })
}

/** Reports whether a contact has documents. */
export async function hasDocuments(db: Db, accountId: string, contactId: string): Promise<boolean> {
  const row = await db.get(sql`
    SELECT 1 FROM documents INDEXED BY documents_of_contact
    WHERE account_id = ${accountId} AND contact_id = ${contactId} LIMIT 1`)
  return row !== undefined
}

export interface ContactDelivery extends ListedDelivery {
  /** It has a problem that is not settled. */
  problemOpen: boolean
}

/** Lists the deliveries of these documents to customers, latest first. `problems` selects failed ones of each document's latest send. */
export async function listContactDeliveries(
  db: Db,
  accountId: string,
  documentIds: string[],
  view: 'deliveries' | 'problems',
): Promise<ContactDelivery[]> {
  const withProblem = sql`d.send_id = o.latest_send_id
    AND d.status IN ${constants(TROUBLED_STATUSES)}`
  const rows = await db.all<Omit<ContactDelivery, 'problemOpen'> & { problemOpen: number }>(sql`
    SELECT ${LISTED_COLUMNS},
      EXISTS (SELECT 1 FROM problems p WHERE p.account_id = ${accountId} AND p.document_id = d.document_id
        AND p.delivery_id = d.id AND p.settled_at IS NULL) AS problemOpen
    FROM json_each(${jsonList(documentIds)}) j
    CROSS JOIN documents o ON o.account_id = ${accountId} AND o.id = j.value
    CROSS JOIN deliveries d ON d.account_id = ${accountId} AND d.document_id = o.id AND d.purpose = 'customer'
    CROSS JOIN sends s ON s.id = d.send_id
    WHERE ${view === 'problems' ? withProblem : sql`true`}
    ORDER BY o.id DESC, d.created_at DESC, d.id DESC`)
  return rows.map((row) => ({ ...row, problemOpen: row.problemOpen === 1 }))
}
