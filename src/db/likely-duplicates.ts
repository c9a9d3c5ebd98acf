/** Finds contacts that are probably the same customer. Each reason is one index look-up. */
import { sql } from 'drizzle-orm'
import { addressKey } from '../domain/email-addresses'
import { type Db, jsonList } from './client'
import type { StoredContact } from './contacts'
import { readJson } from './read-json'
import { STRINGS } from './stored-shapes'

export interface LikelyDuplicate {
  id: string
  name: string
  emails: string[]
  /** `contact.duplicate.<why>` in the locales is the sentence. */
  why: 'vat_id' | 'external_id' | 'email' | 'name'
}

const MAX_LISTED = 5

/** Lists at most five likely duplicates of a contact, the strongest reason first. */
export async function listLikelyDuplicates(
  db: Db,
  { accountId, id, nameKey, emails, vatId, externalId, source }: StoredContact,
): Promise<LikelyDuplicate[]> {
  const others = sql`account_id = ${accountId} AND id <> ${id} AND archived_at IS NULL`
  const rows = await db.all<{ id: string; name: string; emails: string; why: LikelyDuplicate['why'] }>(sql`
    WITH alike (id, rank, why) AS (
      SELECT * FROM (SELECT id, 1, 'vat_id' FROM contacts INDEXED BY contacts_vat_id
        WHERE ${others} AND vat_id = ${vatId} AND vat_id <> '' LIMIT ${MAX_LISTED})
      UNION ALL SELECT * FROM (SELECT id, 2, 'external_id' FROM contacts INDEXED BY contacts_external
        WHERE ${others} AND external_id = ${externalId} AND external_id <> '' AND source = ${source} LIMIT ${MAX_LISTED})
      UNION ALL SELECT * FROM (SELECT contact_id, 3, 'email' FROM contact_emails
        WHERE account_id = ${accountId} AND contact_id <> ${id}
          AND address_key IN (SELECT value FROM json_each(${jsonList(emails.map(addressKey))})) LIMIT ${MAX_LISTED})
      UNION ALL SELECT * FROM (SELECT id, 4, 'name' FROM contacts INDEXED BY contacts_live
        WHERE ${others} AND name_key = ${nameKey} LIMIT ${MAX_LISTED}))
    SELECT c.id, c.name, c.emails, a.why, min(a.rank) AS rank FROM alike a
    CROSS JOIN contacts c ON c.account_id = ${accountId} AND c.id = a.id
    WHERE c.archived_at IS NULL
    GROUP BY c.id ORDER BY rank, c.id LIMIT ${MAX_LISTED}`)
  return rows.map(({ id, name, emails, why }) => ({ id, name, emails: readJson(STRINGS, emails), why }))
}
