/** Finding contacts: lists, searches and pickers. Whatever is asked for, a page reads few rows. */
import { and, asc, eq, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { addressKey } from '../domain/email-addresses'
import { prefixEnd, searchKey } from '../domain/search-key'
import type { Db } from './client'
import type { StoredContact } from './contacts'
import { contactEmails, contacts } from './schema'

/** What lists and pickers show of one. */
export type ContactItem = Pick<StoredContact, 'id' | 'kind' | 'name' | 'nameKey' | 'emails' | 'address' | 'archivedAt'>

/** Where the next page begins: after this key (a name's, or an address's when found by address) and contact. */
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

/** By name, whose key begins with `prefix`'s. Reads one row more than it shows. */
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

/** By the beginning of any of its addresses, archived ones too: who looks for an address wants to know whose it is. */
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
  // A contact with two addresses that begin alike is one line.
  return { ...page, items: page.items.filter(({ id }, at) => page.items.findIndex((item) => item.id === id) === at) }
}

export interface ContactSearch {
  /** Beginning of a name or address; '' lists all. */
  prefix: string
  archived: boolean
  /** What a page that is not the first goes on with; absent = decided by what is found. */
  by?: 'name' | 'email'
  after?: ContactPosition
  limit: number
}

/** By name, unless no name begins so or what was typed has an @: then by address. Tells which. */
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

/** For choosing one: live contacts by name, or by address when no name begins so. */
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
