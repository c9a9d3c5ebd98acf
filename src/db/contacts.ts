/** Contacts, and the addresses they are found by. */
import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, notInArray, sql } from 'drizzle-orm'
import type { Contact } from '../domain/contact'
import { addressKey } from '../domain/email-addresses'
import { prefixEnd, searchKey } from '../domain/search-key'
import { type Db, jsonList } from './client'
import { contactEmails, contacts, documents } from './schema'

export type StoredContact = typeof contacts.$inferSelect

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

export async function findContact(db: Db, accountId: string, id: string): Promise<StoredContact | undefined> {
  const rows = await db
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, accountId), eq(contacts.id, id)))
  return rows[0]
}

/** Whether the account has any at all, archived ones included. */
export async function hasContacts(db: Db, accountId: string): Promise<boolean> {
  const row = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(eq(contacts.accountId, accountId))
    .limit(1)
    .get()
  return row !== undefined
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

/** In the order of their ids, for going through all of them. `after` = the id of the last one seen, '' at the start. */
export const listContactsAfter = (
  db: Db,
  accountId: string,
  { after, archived, limit }: { after: string; archived: boolean; limit: number },
): Promise<StoredContact[]> =>
  db
    .select()
    .from(contacts)
    .where(
      and(
        eq(contacts.accountId, accountId),
        gt(contacts.id, after),
        // Not by the index of the list, whose order is another.
        archived ? sql`+${contacts.archivedAt} IS NOT NULL` : sql`+${contacts.archivedAt} IS NULL`,
      ),
    )
    .orderBy(asc(contacts.id))
    .limit(limit)

/** False when a contact of this id is there already: the same form sent twice. */
export async function insertContact(
  db: Db,
  accountId: string,
  id: string,
  contact: Contact,
  now: number,
): Promise<boolean> {
  const [inserted] = await db.batch([
    db
      .insert(contacts)
      .values({ accountId, id, ...columnsOf(contact), version: 1, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: contacts.id }),
    indexEmails(db, accountId, id),
  ])
  return inserted.length > 0
}

/**
 * Replaces what `current` says, if it is still of that version; false if it is not. Drafts carry the new name at once;
 * what is final keeps the name it was issued with.
 */
export async function updateContact(db: Db, current: StoredContact, contact: Contact, now: number): Promise<boolean> {
  const { accountId, id, version } = current
  const [updated] = await db.batch([
    db
      .update(contacts)
      .set({ ...columnsOf(contact), version: version + 1, updatedAt: now })
      .where(and(eq(contacts.accountId, accountId), eq(contacts.id, id), eq(contacts.version, version)))
      .returning({ id: contacts.id }),
    unindexEmails(db, accountId, id, current.emails),
    indexEmails(db, accountId, id),
    renameOnDrafts(db, accountId, id, current.nameKey),
  ])
  return updated.length > 0
}

/** False when there is no such contact, or it is already so. */
export async function markContactArchived(db: Db, accountId: string, id: string, at: number | null): Promise<boolean> {
  const rows = await db
    .update(contacts)
    .set({ archivedAt: at })
    .where(
      and(
        eq(contacts.accountId, accountId),
        eq(contacts.id, id),
        at === null ? isNotNull(contacts.archivedAt) : isNull(contacts.archivedAt),
        isNull(contacts.forgottenAt),
      ),
    )
    .returning({ id: contacts.id })
  return rows.length > 0
}

/** Of a stored one too, whose own columns are left out. */
function columnsOf({ kind, name, address, vatId, language, currency, emails, notes, externalId, source }: Contact) {
  const columns = { kind, name, address, vatId, language, currency, emails, notes, externalId, source }
  return { ...columns, nameKey: searchKey(name) }
}

// These three read the contact as it is by then, so they are right whether or not the change before them in the batch was made.

const emailKeys = (accountId: string, id: string) =>
  sql`SELECT lower(value) FROM ${contacts}, json_each(${contacts.emails}) WHERE ${contacts.accountId} = ${accountId} AND ${contacts.id} = ${id}`

const indexEmails = (db: Db, accountId: string, id: string) =>
  db
    .insert(contactEmails)
    .select(
      sql`SELECT ${accountId}, lower(value), ${id} FROM ${contacts}, json_each(${contacts.emails}) WHERE ${contacts.accountId} = ${accountId} AND ${contacts.id} = ${id}`,
    )
    .onConflictDoNothing()

const unindexEmails = (db: Db, accountId: string, id: string, emails: string[]) =>
  db
    .delete(contactEmails)
    .where(
      and(
        eq(contactEmails.accountId, accountId),
        inArray(contactEmails.addressKey, sql`(SELECT value FROM json_each(${jsonList(emails.map(addressKey))}))`),
        eq(contactEmails.contactId, id),
        notInArray(contactEmails.addressKey, sql`(${emailKeys(accountId, id)})`),
      ),
    )

const renameOnDrafts = (db: Db, accountId: string, id: string, oldNameKey: string) => {
  const current = sql`FROM ${contacts} WHERE ${contacts.accountId} = ${accountId} AND ${contacts.id} = ${id}`
  return db
    .update(documents)
    .set({
      contactName: sql`(SELECT ${contacts.name} ${current})`,
      contactKey: sql`(SELECT ${contacts.nameKey} ${current})`,
    })
    .where(
      and(
        eq(documents.accountId, accountId),
        eq(documents.contactKey, oldNameKey),
        eq(documents.contactId, id),
        eq(documents.status, 'draft'),
      ),
    )
}

function pageOf<T extends ContactItem>(rows: T[], limit: number, position: (item: T) => ContactPosition): ContactPage {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last ? { items, next: position(last) } : { items }
}
