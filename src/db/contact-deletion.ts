import { sql } from 'drizzle-orm'
import { addressKey } from '../domain/email-addresses'
import { type Db, jsonList, runBatch } from './client'
import type { StoredContact } from './contacts'

/** Deletes a contact, what was merged into it, and what it is found by, unless a document names it; false then. */
export async function deleteUnusedContact(
  db: Db,
  { accountId, id, emails }: Pick<StoredContact, 'accountId' | 'id' | 'emails'>,
): Promise<boolean> {
  const [deleted] = await runBatch(db, [
    sql`
      DELETE FROM contacts WHERE account_id = ${accountId} AND id = ${id}
        AND NOT EXISTS (SELECT 1 FROM documents INDEXED BY documents_of_contact WHERE account_id = ${accountId} AND contact_id = ${id})
        AND NOT EXISTS (
          SELECT 1 FROM contacts m CROSS JOIN documents d INDEXED BY documents_of_contact ON d.account_id = m.account_id AND d.contact_id = m.id
          WHERE m.account_id = ${accountId} AND m.merged_into = ${id})
      RETURNING id`,
    sql`
      DELETE FROM contact_emails
      WHERE account_id = ${accountId} AND contact_id = ${id}
        AND address_key IN (SELECT value FROM json_each(${jsonList(emails.map(addressKey))}))
        AND NOT EXISTS (SELECT 1 FROM contacts WHERE account_id = ${accountId} AND id = ${id})`,
    // What was merged into it is the same customer.
    sql`
      DELETE FROM contacts WHERE account_id = ${accountId} AND merged_into = ${id}
        AND NOT EXISTS (SELECT 1 FROM contacts WHERE account_id = ${accountId} AND id = ${id})`,
  ])
  return Boolean(deleted?.results.length)
}

/** For a batch: a forgotten contact that no document names (any more). */
export const deleteForgottenContact = (accountId: string, id: string) => sql`
  DELETE FROM contacts WHERE account_id = ${accountId} AND id = ${id} AND forgotten_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM documents INDEXED BY documents_of_contact WHERE account_id = ${accountId} AND contact_id = ${id})`
