import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { ImportMatch } from '../domain/contact-import'
import { type Db, jsonList } from './client'
import type { StoredContact } from './contacts'
import { contacts } from './schema'

const KEYS_A_QUERY = 500

/** Finds the account's contacts, archived ones included, by external ids or address keys. Returns the contacts of each key. */
export async function findMatches(
  db: Db,
  accountId: string,
  by: ImportMatch,
  keys: string[],
): Promise<Map<string, StoredContact[]>> {
  const found = new Map<string, StoredContact[]>()
  if (by === 'none') return found
  for (let start = 0; start < keys.length; start += KEYS_A_QUERY) {
    const some = jsonList(keys.slice(start, start + KEYS_A_QUERY))
    const pairs = await db.all<Pair>((by === 'externalId' ? byExternalId : byEmail)(accountId, some))
    const ids = [...new Set(pairs.map(({ id }) => id))]
    const loaded = new Map((await listByIds(db, accountId, ids)).map((contact) => [contact.id, contact]))
    for (const { key, id } of pairs) {
      const contact = loaded.get(id)
      if (contact) found.set(key, [...(found.get(key) ?? []), contact])
    }
  }
  return found
}

interface Pair {
  key: string
  id: string
}

// CROSS JOIN fixes the join order, so that SQLite looks each key up in the index and does not read a whole account.

const byExternalId = (accountId: string, keys: string): SQL => sql`
  SELECT DISTINCT j.value AS key, coalesce(c.merged_into, c.id) AS id FROM json_each(${keys}) j
  CROSS JOIN contacts c INDEXED BY contacts_external ON c.account_id = ${accountId} AND c.external_id = j.value AND c.external_id <> ''`

const byEmail = (accountId: string, keys: string): SQL => sql`
  SELECT j.value AS key, e.contact_id AS id FROM json_each(${keys}) j
  CROSS JOIN contact_emails e ON e.account_id = ${accountId} AND e.address_key = j.value`

async function listByIds(db: Db, accountId: string, ids: string[]): Promise<StoredContact[]> {
  if (ids.length === 0) return []
  const wanted = sql`(SELECT value FROM json_each(${jsonList(ids)}))`
  return db
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, accountId), inArray(contacts.id, wanted)))
}
