/** Queries that find contacts for lists, searches and pickers. Each page reads few rows, however many contacts the account has. */
import { and, asc, eq, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { addressKey } from '../domain/email-addresses'
import { prefixEnd, searchKey } from '../domain/search-key'
import type { Db } from './client'
import type { StoredContact } from './contacts'
import { contactEmails, contacts } from './schema'

/** A contact as lists and pickers show it. */
export type ContactItem = Pick<StoredContact, 'id' | 'kind' | 'name' | 'nameKey' | 'emails' | 'address' | 'archivedAt'>

/** The last contact of a page, after which the next page begins. `key` is its name key, or its address key in a search by address. */
export interface ContactPosition {
  key: string
  id: string
}

export interface ContactPage {
  items: ContactItem[]
  /** Absent on the last page. */
  next?: ContactPosition
}

const ITEM = {
  id: contacts.id,
  kind: contacts.kind,
  name: contacts.name,
  nameKey: contacts.nameKey,
  emails: contacts.emails,
  address: contacts.address,
  archivedAt: contacts.archivedAt,
}

/** Lists contacts whose name key begins with that of `prefix`, by name. Reads one row more than it returns. */
export async function listContactsByName(
  db: Db,
  accountId: string,
  search: Omit<ContactSearch, 'by'>,
): Promise<ContactPage> {
  const prefix = searchKey(search.prefix)
  const rows = await db
    .select(ITEM)
    .from(contacts)
    .where(
      and(
        eq(contacts.accountId, accountId),
        search.archived ? isNotNull(contacts.archivedAt) : isNull(contacts.archivedAt),
        // One lower bound only, so that a deep page does not read from the start.
        search.after
          ? sql`(${contacts.nameKey}, ${contacts.id}) > (${search.after.key}, ${search.after.id})`
          : gte(contacts.nameKey, prefix),
        lt(contacts.nameKey, prefixEnd(prefix)),
      ),
    )
    .orderBy(asc(contacts.nameKey), asc(contacts.id))
    .limit(search.limit + 1)
  return pageOf(rows, search.limit, (item) => ({ key: item.nameKey, id: item.id }))
}

/** Lists contacts with an address that begins with `prefix`, by address. Includes archived contacts, to show which contact has an address. */
export async function listContactsByEmail(
  db: Db,
  accountId: string,
  search: Pick<ContactSearch, 'prefix' | 'after' | 'limit'>,
): Promise<ContactPage> {
  const prefix = addressKey(search.prefix.trim())
  const rows = await db
    .select({ ...ITEM, foundBy: contactEmails.addressKey })
    .from(contactEmails)
    .innerJoin(contacts, and(eq(contacts.accountId, contactEmails.accountId), eq(contacts.id, contactEmails.contactId)))
    .where(
      and(
        eq(contactEmails.accountId, accountId),
        search.after
          ? sql`(${contactEmails.addressKey}, ${contactEmails.contactId}) > (${search.after.key}, ${search.after.id})`
          : gte(contactEmails.addressKey, prefix),
        lt(contactEmails.addressKey, prefixEnd(prefix)),
      ),
    )
    .orderBy(asc(contactEmails.addressKey), asc(contactEmails.contactId))
    .limit(search.limit + 1)
  const page = pageOf(rows, search.limit, (item) => ({ key: item.foundBy, id: item.id }))
  // A contact with two matching addresses is listed once.
  return { ...page, items: page.items.filter(({ id }, at) => page.items.findIndex((item) => item.id === id) === at) }
}

export interface ContactSearch {
  /** The beginning of a name or address; '' lists all. */
  prefix: string
  archived: boolean
  /** How the previous page was searched; absent on the first page, which decides it. */
  by?: 'name' | 'email'
  after?: ContactPosition
  limit: number
}

/** Searches contacts by name, or by address if the prefix has an @ or matches no name. Returns which of the two was used. */
export async function searchContacts(
  db: Db,
  accountId: string,
  search: ContactSearch,
): Promise<ContactPage & { by: 'name' | 'email' }> {
  const { by = search.prefix.includes('@') ? 'email' : undefined } = search
  if (by !== 'email') {
    const byName = await listContactsByName(db, accountId, search)
    if (by === 'name' || byName.items.length > 0 || search.prefix.trim() === '') return { ...byName, by: 'name' }
  }
  return { ...(await listContactsByEmail(db, accountId, search)), by: 'email' }
}

/** Lists contacts for a picker, without archived ones: by name, or by address if the prefix matches no name. */
export async function listContactsByPrefix(
  db: Db,
  accountId: string,
  prefix: string,
  limit = 10,
): Promise<ContactItem[]> {
  const { items } = await searchContacts(db, accountId, { prefix, archived: false, limit })
  return items.filter(({ archivedAt }) => archivedAt === null)
}

function pageOf<T extends ContactItem>(rows: T[], limit: number, position: (item: T) => ContactPosition): ContactPage {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last ? { items, next: position(last) } : { items }
}
