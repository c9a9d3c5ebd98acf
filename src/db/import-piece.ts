/** Applies a piece of an import in one transaction with the update that records its progress. */
import { type SQL, sql } from 'drizzle-orm'
import type { Contact } from '../domain/contact'
import { addressKey } from '../domain/email-addresses'
import { searchKey } from '../domain/search-key'
import { type Db, ifAny, jsonList, runBatch } from './client'
import type { ImportKey } from './contact-imports'
import type { StoredContact } from './contacts'

export interface ImportPiece {
  key: ImportKey
  planId: string
  /** From 0. The piece is applied only while it is the next one. */
  piece: number
  create: { id: string; contact: Contact }[]
  update: { current: StoredContact; contact: Contact }[]
  failed: number
}

/**
 * Applies a piece once, however often it is called: every statement requires that the piece is the next one, and the last statement
 * advances to the piece after it. Returns false, and applies nothing, when a contact has changed since it was loaded.
 */
export async function applyPiece(db: Db, piece: ImportPiece, now: number): Promise<boolean> {
  try {
    await runBatch(db, statements(piece, now))
    return true
  } catch (error) {
    if (String(error).includes('malformed JSON')) return false
    throw error
  }
}

function statements({ key, planId, piece, create, update, failed }: ImportPiece, now: number): SQL[] {
  const { accountId, id } = key
  const next = sql`account_id = ${accountId} AND id = ${id} AND status = 'applying' AND next_piece = ${piece} AND plan->>'id' = ${planId}`
  const isNext = sql`EXISTS (SELECT 1 FROM contact_imports WHERE ${next})`
  const updated = update.map(({ current, contact }) => ({
    accountId,
    ...rowOf(current.id, contact),
    version: current.version,
  }))
  const renamed = update.filter(({ current, contact }) => current.name !== contact.name)
  const made = [...create, ...update.map(({ current, contact }) => ({ id: current.id, contact }))]
  return [
    ...ifAny(create, (list) => insertContacts(accountId, list, isNext, now)),
    ...ifAny(updated, (list) => updateContacts(list, isNext, now)),
    // Malformed JSON ends the transaction.
    ...ifAny(updated, (list) => sql`SELECT json(iif(changes() = ${list.length} OR NOT ${isNext}, '{}', 'stale'))`),
    ...ifAny(update.flatMap(goneKeys), (list) => unindex(accountId, list, isNext)),
    ...ifAny(made.flatMap(keysOf), (list) => index(accountId, list, isNext)),
    ...ifAny(renamed, (list) => renameDrafts(accountId, list, isNext)),
    sql`
      UPDATE contact_imports SET next_piece = next_piece + 1, status = iif(next_piece + 1 >= pieces, 'done', 'applying'),
        created = created + ${create.length}, updated = updated + ${update.length}, failed = failed + ${failed}, updated_at = ${now}
      WHERE ${next}`,
  ] as SQL[]
}

const rowOf = (id: string, contact: Contact) => ({ ...contact, id, nameKey: searchKey(contact.name) })

// Each row contains the account id, so that SQLite looks up single rows and does not read the whole account.

const COLUMNS =
  sql.raw(`value->>'kind' AS kind, value->>'name' AS name, value->>'nameKey' AS name_key, value->'address' AS address,
  value->>'vatId' AS vat_id, value->>'language' AS language, value->>'currency' AS currency, value->'emails' AS emails,
  value->>'notes' AS notes, value->>'externalId' AS external_id, value->>'source' AS source`)

const insertContacts = (accountId: string, list: ImportPiece['create'], isNext: SQL, now: number): SQL => sql`
  INSERT INTO contacts (account_id, id, version, created_at, updated_at,
    kind, name, name_key, address, vat_id, language, currency, emails, notes, external_id, source)
  SELECT ${accountId}, value->>'id', 1, ${now}, ${now}, ${COLUMNS}
  FROM json_each(${jsonList(list.map(({ id, contact }) => rowOf(id, contact)))}) WHERE ${isNext}
  ON CONFLICT DO NOTHING`

const updateContacts = (list: unknown[], isNext: SQL, now: number): SQL => sql`
  UPDATE contacts SET kind = n.kind, name = n.name, name_key = n.name_key, address = n.address, vat_id = n.vat_id,
    language = n.language, currency = n.currency, emails = n.emails, notes = n.notes, external_id = n.external_id,
    source = n.source, version = contacts.version + 1, updated_at = ${now}
  FROM (SELECT value->>'accountId' AS account_id, value->>'id' AS id, value->>'version' AS version, ${COLUMNS}
    FROM json_each(${jsonList(list)})) n
  WHERE contacts.account_id = n.account_id AND contacts.id = n.id AND contacts.version = n.version AND ${isNext}`

interface Indexed {
  id: string
  key: string
}

const keysOf = ({ id, contact }: { id: string; contact: Contact }): Indexed[] =>
  contact.emails.map((email) => ({ id, key: addressKey(email) }))

function goneKeys({ current, contact }: ImportPiece['update'][number]): Indexed[] {
  const kept = new Set(contact.emails.map(addressKey))
  return keysOf({ id: current.id, contact: current }).filter(({ key }) => !kept.has(key))
}

const unindex = (accountId: string, list: Indexed[], isNext: SQL): SQL => sql`
  DELETE FROM contact_emails WHERE (account_id, address_key, contact_id) IN (
    SELECT ${accountId}, value->>'key', value->>'id' FROM json_each(${jsonList(list)})) AND ${isNext}`

const index = (accountId: string, list: Indexed[], isNext: SQL): SQL => sql`
  INSERT INTO contact_emails (account_id, address_key, contact_id)
  SELECT ${accountId}, value->>'key', value->>'id' FROM json_each(${jsonList(list)}) WHERE ${isNext}
  ON CONFLICT DO NOTHING`

const renameDrafts = (accountId: string, list: ImportPiece['update'], isNext: SQL): SQL => sql`
  UPDATE documents INDEXED BY documents_of_contact SET contact_name = n.name, contact_key = n.name_key
  FROM (SELECT value->>'accountId' AS account_id, value->>'id' AS id, value->>'name' AS name, value->>'nameKey' AS name_key
    FROM json_each(${jsonList(list.map(({ current, contact }) => ({ accountId, ...rowOf(current.id, contact) })))})) n
  WHERE documents.account_id = n.account_id AND documents.contact_id = n.id AND documents.status = 'draft' AND ${isNext}`
