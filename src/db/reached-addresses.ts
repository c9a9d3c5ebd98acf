import { sql } from 'drizzle-orm'
import type { Db } from './client'

/** Limits how many of a contact's latest documents are scanned. */
const MAX_SCANNED = 200

/** Returns the keys of addresses to which mails of this document's contact have been delivered. */
export async function listReachedAddresses(
  db: Db,
  accountId: string,
  { id, contactId }: { id: string; contactId: string | null },
): Promise<string[]> {
  const documents =
    contactId === null
      ? sql`SELECT ${id} AS id`
      : sql`SELECT id FROM documents INDEXED BY documents_of_contact
          WHERE account_id = ${accountId} AND contact_id = ${contactId} ORDER BY id DESC LIMIT ${MAX_SCANNED}`
  const rows = await db.all<{ key: string }>(sql`
    SELECT DISTINCT lower(d.address) AS key FROM (${documents}) c
    CROSS JOIN deliveries d ON d.account_id = ${accountId} AND d.document_id = c.id AND d.delivered_at IS NOT NULL`)
  return rows.map(({ key }) => key)
}
