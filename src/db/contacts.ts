/** Queries of single contacts and of their indexed addresses. */
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, notInArray, sql } from 'drizzle-orm'
import type { Contact } from '../domain/contact'
import { addressKey } from '../domain/email-addresses'
import { searchKey } from '../domain/search-key'
import { contactIds, isTestContact } from '../domain/test-mode'
import { type Db, ifAny, jsonList, runBatch } from './client'
import { contactEmails, contacts, documents } from './schema'

export type StoredContact = typeof contacts.$inferSelect

export async function findContact(db: Db, accountId: string, id: string): Promise<StoredContact | undefined> {
  const rows = await db
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, accountId), eq(contacts.id, id)))
  return rows[0]
}

/** Returns the contact with this id, or the one that it was merged into. */
export async function findCurrentContact(db: Db, accountId: string, id: string): Promise<StoredContact | undefined> {
  const contact = await findContact(db, accountId, id)
  if (!contact?.mergedInto) return contact
  // A contact is never merged into a merged one, so this ends.
  return (await findCurrentContact(db, accountId, contact.mergedInto)) ?? contact
}

/** Reports whether the account has contacts, archived ones included. */
export async function hasContacts(db: Db, accountId: string): Promise<boolean> {
  const row = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(eq(contacts.accountId, accountId))
    .limit(1)
    .get()
  return row !== undefined
}

/** Lists contacts in the order of their ids, to go through all of them. `after` is the id of the last one seen, '' at the start. */
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
        // The + keeps SQLite from using the list's index, which has another order.
        archived ? sql`+${contacts.archivedAt} IS NOT NULL` : sql`+${contacts.archivedAt} IS NULL`,
      ),
    )
    .orderBy(asc(contacts.id))
    .limit(limit)

/**
 * Inserts a contact. Returns false when the id exists already, because the same form was sent twice.
 * @param uniqueId fails (`isExternalIdTaken`) if another contact has this external id
 */
export async function insertContact(
  db: Db,
  { accountId, id, archivedAt = null }: { accountId: string; id: string; archivedAt?: number | null },
  contact: Contact,
  now: number,
  uniqueId = '',
): Promise<boolean> {
  const [inserted] = await runBatch(db, [
    db
      .insert(contacts)
      .values({ accountId, id, ...columnsOf(contact), version: 1, archivedAt, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: contacts.id }),
    ...ifAny([uniqueId].filter(Boolean), () => requireUnique(accountId, id, uniqueId)),
    indexEmails(db, accountId, id),
  ])
  return Boolean(inserted?.results.length)
}

/**
 * Updates a contact, unless its version has changed since `current` was read; returns false then. Drafts get the new name;
 * issued documents keep theirs.
 * @param uniqueId fails (`isExternalIdTaken`) if another contact has this external id
 */
export async function updateContact(
  db: Db,
  current: StoredContact,
  contact: Contact,
  now: number,
  uniqueId = '',
): Promise<boolean> {
  const { accountId, id, version } = current
  const [updated] = await runBatch(db, [
    db
      .update(contacts)
      .set({ ...columnsOf(contact), version: version + 1, updatedAt: now })
      .where(and(eq(contacts.accountId, accountId), eq(contacts.id, id), eq(contacts.version, version)))
      .returning({ id: contacts.id }),
    ...ifAny([uniqueId].filter(Boolean), () => requireUnique(accountId, id, uniqueId)),
    unindexEmails(db, accountId, id, current.emails),
    indexEmails(db, accountId, id),
    renameOnDrafts(db, accountId, id, current.nameKey),
  ])
  return Boolean(updated?.results.length)
}

const TAKEN = 'external_id_taken'

/**
 * Ends a batch if several contacts of this one's mode have an external id. Merged ones don't count. (A JSON path that is none is an
 * error; see `allOrNothing`.)
 */
function requireUnique(accountId: string, id: string, externalId: string) {
  const [from, to] = contactIds(isTestContact(id))
  return sql`
    SELECT CASE WHEN count(*) > 1 THEN json_extract('{}', ${TAKEN}) END FROM contacts
    WHERE account_id = ${accountId} AND external_id = ${externalId} AND external_id <> '' AND merged_into IS NULL
      AND id >= ${from} AND id < ${to}`
}

/** Reports whether a batch was ended because another contact has the external id. */
export const isExternalIdTaken = (error: unknown): boolean => String(error).includes(TAKEN)

export interface ContactFilter {
  externalId?: string | undefined
  /** Any of its addresses. */
  email?: string | undefined
  archived?: boolean | undefined
  test: boolean
}

/** Lists contacts of one mode, newest first, archived ones included. `before` is the id of the last one seen. */
export function listContacts(
  db: Db,
  accountId: string,
  { externalId, email, archived, test }: ContactFilter,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<StoredContact[]> {
  const [from, to] = contactIds(test)
  return db
    .select()
    .from(contacts)
    .where(
      and(
        eq(contacts.accountId, accountId),
        gte(contacts.id, from),
        lt(contacts.id, before !== undefined && before < to ? before : to),
        // The condition of the partial index stands beside its value.
        externalId === undefined
          ? undefined
          : sql`${contacts.externalId} = ${externalId} AND ${contacts.externalId} <> ''`,
        email === undefined
          ? undefined
          : sql`${contacts.id} IN (SELECT contact_id FROM contact_emails WHERE account_id = ${accountId} AND address_key = ${addressKey(email)})`,
        archived === undefined
          ? undefined
          : archived
            ? sql`+${contacts.archivedAt} IS NOT NULL`
            : sql`+${contacts.archivedAt} IS NULL`,
      ),
    )
    .orderBy(desc(contacts.id))
    .limit(limit)
}

/** Archives a contact, or restores it when `at` is null. Returns false when nothing changed. */
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

/** Returns the columns of a contact. Drops the additional columns of a stored one. */
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
  metadata,
}: Contact) {
  const columns = { kind, name, address, vatId, language, currency, emails, notes, externalId, source }
  return { ...columns, nameKey: searchKey(name), ...(metadata && { metadata }) }
}

// These three read the contact within the batch, so their result is right whether or not the update before them changed it.

const emailKeys = (accountId: string, id: string) =>
  sql`SELECT lower(value) FROM ${contacts}, json_each(${contacts.emails}) WHERE ${contacts.accountId} = ${accountId} AND ${contacts.id} = ${id}`

/** Indexes the contact's current addresses. */
export const indexEmails = (db: Db, accountId: string, id: string) =>
  db
    .insert(contactEmails)
    .select(
      sql`SELECT ${accountId}, lower(value), ${id} FROM ${contacts}, json_each(${contacts.emails}) WHERE ${contacts.accountId} = ${accountId} AND ${contacts.id} = ${id}`,
    )
    .onConflictDoNothing()

/** Deletes those of `emails` from the index that the contact no longer has. */
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

/** Copies the contact's current name to its drafts. */
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
