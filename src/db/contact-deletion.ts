import { sql } from 'drizzle-orm'
import { addressKey } from '../domain/email-addresses'
import { type Db, jsonList, runBatch } from './client'
import type { StoredContact } from './contacts'

/**
 * Deletes a contact, the contacts merged into it, and its indexed addresses. Returns false, and deletes nothing, when a document names
 * one of them.
 */
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
    sql`
      DELETE FROM contacts WHERE account_id = ${accountId} AND merged_into = ${id}
        AND NOT EXISTS (SELECT 1 FROM contacts WHERE account_id = ${accountId} AND id = ${id})`,
  ])
  return Boolean(deleted?.results.length)
}

/** Deletes a forgotten contact, unless a document names it. For a batch. */
export const deleteForgottenContact = (accountId: string, id: string) => sql`
  DELETE FROM contacts WHERE account_id = ${accountId} AND id = ${id} AND forgotten_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM documents INDEXED BY documents_of_contact WHERE account_id = ${accountId} AND contact_id = ${id})`
