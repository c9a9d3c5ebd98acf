/** Statements that erase a contact's data. Issued documents are not changed, because the law requires that they are kept. */
import { type SQL, sql } from 'drizzle-orm'
import { addressKey } from '../domain/email-addresses'
import { releaseAttachmentsOf } from './attachments'
import { type Db, jsonList } from './client'
import type { StoredContact } from './contacts'
import { removeProviderMessages } from './provider-messages'

const NO_ADDRESS = JSON.stringify({ lines: [], postcode: '', town: '', region: '', country: '' })

/** Erases everything but the contact's name, which its documents show. Returns the row the first time only. */
export const blankContact = ({ accountId, id }: Pick<StoredContact, 'accountId' | 'id'>, now: number): SQL => sql`
  UPDATE contacts SET address = ${NO_ADDRESS}, vat_id = '', language = '', currency = '', emails = '[]', notes = '',
    external_id = '', source = '', merge = NULL, metadata = '{}', archived_at = coalesce(archived_at, ${now}), forgotten_at = ${now}, updated_at = ${now},
    version = version + 1
  WHERE account_id = ${accountId} AND id = ${id} AND forgotten_at IS NULL
  RETURNING id`

/**
 * Deletes the contact's indexed addresses, its Stripe objects, and its addresses' suppressions. Suppressions by an unsubscribe, a complaint or
 * the merchant are kept, so that no address becomes mailable again by erasure; so are those of addresses that another contact has.
 */
export function forgetAddresses({ accountId, id, emails }: Pick<StoredContact, 'accountId' | 'id' | 'emails'>): SQL[] {
  const keys = sql`(SELECT value FROM json_each(${jsonList(emails.map(addressKey))}))`
  return [
    sql`DELETE FROM contact_emails WHERE account_id = ${accountId} AND address_key IN ${keys} AND contact_id = ${id}`,
    // If Stripe reports the customer again, a new contact is created.
    sql`DELETE FROM stripe_objects WHERE account_id = ${accountId} AND target_id = ${id}`,
    sql`
      DELETE FROM suppressions WHERE account_id = ${accountId} AND address_key IN ${keys}
        AND reason NOT IN ('unsubscribed', 'complaint', 'manual')
        AND NOT EXISTS (SELECT 1 FROM contact_emails e WHERE e.account_id = ${accountId} AND e.address_key = suppressions.address_key)`,
  ]
}

/** Reports whether a mail to this contact is waiting or being sent. */
export async function hasMailOnItsWay(db: Db, accountId: string, contactId: string): Promise<boolean> {
  const row = await db.get(sql`
    SELECT 1 FROM documents INDEXED BY documents_of_contact
    WHERE account_id = ${accountId} AND contact_id = ${contactId} AND mail_state = 'on_its_way' LIMIT 1`)
  return row !== undefined
}

export interface ContactDocumentRef {
  id: string
  status: 'draft' | 'final'
}

/** Lists the contact's documents with ids above `after`, oldest first. */
export const listContactDocumentRefs = (
  db: Db,
  accountId: string,
  contactId: string,
  after: string,
  limit: number,
): Promise<ContactDocumentRef[]> =>
  db.all<ContactDocumentRef>(sql`
    SELECT id, status FROM documents INDEXED BY documents_of_contact
    WHERE account_id = ${accountId} AND contact_id = ${contactId} AND id > ${after} ORDER BY id LIMIT ${limit}`)

/** Lists the deliveries of these documents that need no further attempt. */
export const listEndedDeliveries = (db: Db, accountId: string, documentIds: string[]) =>
  db.all<{ id: string; sendId: string; documentId: string }>(sql`
    SELECT d.id, d.send_id AS sendId, d.document_id AS documentId FROM json_each(${jsonList(documentIds)}) j
    CROSS JOIN deliveries d ON d.account_id = ${accountId} AND d.document_id = j.value AND d.due_at IS NULL`)

/**
 * Erases the addresses, links, texts, server responses and problems of these deliveries, and the documents' attached files. The rows of
 * deliveries, views and downloads stay without them, as a record of what was sent and read. For a batch.
 */
export function forgetDeliveries(
  accountId: string,
  documentIds: string[],
  deliveries: { id: string; sendId: string }[],
  now: number,
): SQL[] {
  const ids = sql`(SELECT value FROM json_each(${jsonList(deliveries.map(({ id }) => id))}))`
  const sends = sql`(SELECT value FROM json_each(${jsonList([...new Set(deliveries.map(({ sendId }) => sendId))])}))`
  const documents = sql`(SELECT value FROM json_each(${jsonList(documentIds)}))`
  return [
    removeProviderMessages(ids),
    sql`
      UPDATE deliveries SET address = '', link_hash = NULL, link_created_at = NULL, provider_message_id = NULL, server_text = NULL
      WHERE id IN ${ids} AND +account_id = ${accountId}`,
    sql`UPDATE sends SET subject = NULL, body = NULL WHERE id IN ${sends} AND +account_id = ${accountId}`,
    sql`DELETE FROM fresh_links WHERE account_id = ${accountId} AND delivery_id IN ${ids}`,
    sql`DELETE FROM problems WHERE account_id = ${accountId} AND document_id IN ${documents} AND delivery_id IN ${ids}`,
    sql`DELETE FROM provider_events WHERE delivery_id IN ${ids}`,
    sql`
      UPDATE history SET data = json_remove(data, '$.text')
      WHERE account_id = ${accountId} AND document_id IN ${documents} AND data->>'text' IS NOT NULL`,
    sql`
      UPDATE history SET data = json_set(data, '$.file', '…')
      WHERE account_id = ${accountId} AND document_id IN ${documents} AND data->>'file' <> '…'`,
    // Attached files are not part of the issued document, so the law does not require them.
    releaseAttachmentsOf(accountId, documentIds, now),
    sql`
      UPDATE documents SET attachments = NULL
      WHERE account_id = ${accountId} AND id IN ${documents} AND status = 'final' AND attachments IS NOT NULL`,
    sql`
      UPDATE documents SET links_revoked_at = ${now}
      WHERE account_id = ${accountId} AND id IN ${documents} AND status = 'final' AND links_revoked_at IS NULL`,
  ]
}
