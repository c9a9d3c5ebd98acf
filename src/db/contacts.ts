/** Contacts, one at a time, and the addresses they are found by. */
import { and, asc, eq, gt, inArray, isNotNull, isNull, notInArray, sql } from 'drizzle-orm'
import type { Contact } from '../domain/contact'
import { addressKey } from '../domain/email-addresses'
import { searchKey } from '../domain/search-key'
import { type Db, jsonList } from './client'
import { contactEmails, contacts, documents } from './schema'

export type StoredContact = typeof contacts.$inferSelect

export async function findContact(db: Db, accountId: string, id: string): Promise<StoredContact | undefined> {
  const rows = await db
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, accountId), eq(contacts.id, id)))
  return rows[0]
}

/** The contact of this id, or whichever it was merged into since. */
export async function findLivingContact(db: Db, accountId: string, id: string): Promise<StoredContact | undefined> {
  const contact = await findContact(db, accountId, id)
  if (!contact?.mergedInto) return contact
  // A merge is never into a merged one, so this ends.
  return (await findLivingContact(db, accountId, contact.mergedInto)) ?? contact
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
  archivedAt: number | null = null,
): Promise<boolean> {
  const [inserted] = await db.batch([
    db
      .insert(contacts)
      .values({ accountId, id, ...columnsOf(contact), version: 1, archivedAt, createdAt: now, updatedAt: now })
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
        isNull(contacts.mergedInto),
      ),
    )
    .returning({ id: contacts.id })
  return rows.length > 0
}

/** Of a stored one too, whose own columns are left out. */
export function columnsOf({
  kind,
  name,
  address,
  vatId,
  language,
  currency,
  emails,
  notes,
  externalId,
  source,
}: Contact) {
  const columns = { kind, name, address, vatId, language, currency, emails, notes, externalId, source }
  return { ...columns, nameKey: searchKey(name) }
}

// These three read the contact as it is by then, so they are right whether or not the change before them in the batch was made.

const emailKeys = (accountId: string, id: string) =>
  sql`SELECT lower(value) FROM ${contacts}, json_each(${contacts.emails}) WHERE ${contacts.accountId} = ${accountId} AND ${contacts.id} = ${id}`

export const indexEmails = (db: Db, accountId: string, id: string) =>
  db
    .insert(contactEmails)
    .select(
      sql`SELECT ${accountId}, lower(value), ${id} FROM ${contacts}, json_each(${contacts.emails}) WHERE ${contacts.accountId} = ${accountId} AND ${contacts.id} = ${id}`,
    )
    .onConflictDoNothing()

export const unindexEmails = (db: Db, accountId: string, id: string, emails: string[]) =>
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

export const renameOnDrafts = (db: Db, accountId: string, id: string, oldNameKey: string) => {
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
