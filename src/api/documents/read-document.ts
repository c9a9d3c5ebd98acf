/** Reads what a request says of a document: its contact and content. */
import { createUniqueContact } from '../../commands/contacts/create-contact'
import { restOf } from '../../commands/documents/credit-rest'
import { findCurrentContact, listContacts } from '../../db/contacts'
import { findDocument, type StoredDocument } from '../../db/documents'
import type { Contact } from '../../domain/contact'
import { leftToCredit, mayBeCredited } from '../../domain/credit-note'
import type { DocumentContent } from '../../domain/document'
import { MAX_METADATA, type Metadata } from '../../domain/metadata'
import { emptyContent, newContent } from '../../domain/new-content'
import { refuse } from '../../domain/result'
import { contactPrefix, isTestContact, isTestDocument } from '../../domain/test-mode'
import { cleanLine } from '../../domain/text'
import type { ApiContext } from '../api-env'
import { readContact } from '../contacts/read-contact'
import { changedMetadata } from '../fields'
import { idFor } from '../middleware/idempotent'
import { type FieldError, Problem } from '../problem'
import { invalid, refusalProblem, unwrap } from '../refusal'
import type { DocumentChanges, NewDocument } from './document-schemas'
import { readContent } from './read-content'

/** Returns a document of the key's account and mode. */
export async function theDocument(c: ApiContext, id: string): Promise<StoredDocument> {
  const { deps, key } = c.var
  const document = isTestDocument(id) === key.test ? await findDocument(deps.db, key.accountId, id) : undefined
  if (!document) throw new Problem('not_found')
  return document
}

/** Returns the contact with this id, or the one that it was merged into. */
export async function theContact(c: ApiContext, id: string): Promise<Contact & { id: string }> {
  const { deps, key } = c.var
  const contact = isTestContact(id) === key.test ? await findCurrentContact(deps.db, key.accountId, id) : undefined
  if (!contact) throw new Problem('not_found')
  return contact
}

export interface ReadDocument {
  contactId: string | null
  /** The contact that this request makes. */
  newContactId?: string
  content: DocumentContent
}

/** The contact that a request names, or the one that it makes: stored by `store`, once all else is right. */
export interface ReadContact {
  contact: Contact | undefined
  store(): Promise<{ contactId: string | null; newContactId?: string }>
}

/** Reads the contact of a new document. */
export async function readContactOf(
  c: ApiContext,
  { contact_id: contactId, contact }: Pick<NewDocument, 'contact_id' | 'contact'>,
): Promise<ReadContact> {
  if (contactId !== undefined && contact !== undefined)
    throw invalid([wrong('/contact', 'Give either contact_id or contact.')])
  const typed = contact && readContact(contact, undefined, '/contact')
  const found = contactId === undefined ? typed && (await contactLike(c, typed)) : await theContact(c, contactId)
  if (!typed || found) return { contact: found, store: async () => ({ contactId: found?.id ?? null }) }
  const { deps, key } = c.var
  const ref = { accountId: key.accountId, id: idFor(c, contactPrefix(key.test)) }
  const store = async () => {
    const id = unwrap(await createUniqueContact(deps, { ...ref, contact: typed, archived: key.test }))
    return { contactId: id, newContactId: id }
  }
  return { contact: typed, store }
}

/** Reads an invoice or a receipt. Its new contact is stored only if all else is right. */
export async function readNewDocument(c: ApiContext, body: NewDocument): Promise<ReadDocument> {
  const { settings } = c.var.account
  if (body.credits !== undefined) throw invalid([wrong('/credits', 'Only a credit note credits another document.')])
  const { contact, store } = await readContactOf(c, body)
  const content = readContent(body, newContent(settings, contact), settings)
  return { ...(await store()), content }
}

/** Finds the contact that has the external id of a new one. */
async function contactLike(c: ApiContext, { externalId }: Contact) {
  const { deps, key } = c.var
  if (!externalId) return undefined
  const page = { before: undefined, limit: 2 }
  const found = await listContacts(deps.db, key.accountId, { externalId, test: key.test }, page)
  const current = found.find(({ mergedInto }) => mergedInto === null)
  // A repeated request finds the contact that its first attempt made, which is its own to take back.
  return current?.id === idFor(c, contactPrefix(key.test)) ? undefined : current
}

/** Reads a credit note, which has the contact and currency of what it credits: the lines that it names, or all that is left. */
export async function readCreditNote(
  c: ApiContext,
  body: NewDocument,
): Promise<{ refersTo: string; content: DocumentContent }> {
  const errors = [
    ...(['contact_id', 'contact', 'currency'] as const).flatMap((name) =>
      body[name] === undefined ? [] : [wrong(`/${name}`, 'A credit note has that of the document it credits.')],
    ),
    ...(body.credits === undefined
      ? [{ pointer: '/credits', code: 'missing', detail: 'A credit note names the document that it credits.' }]
      : []),
  ]
  if (errors.length > 0) throw invalid(errors)
  const original = await theDocument(c, body.credits ?? '')
  requireCreditable(original)
  if (body.lines === undefined && leftToCredit(original) === 0) throw refusalProblem(refuse('nothing_left'))
  const current = body.lines ? emptyContent(original.currency) : await restOf(c.var.deps, original)
  const content = readContent(body, { ...current, currency: original.currency }, c.var.account.settings)
  return { refersTo: original.id, content }
}

/** Refuses to credit drafts, credit notes and what was made elsewhere. */
export function requireCreditable(document: StoredDocument): void {
  if (document.snapshot?.upload) throw refusalProblem(refuse('made_elsewhere'))
  if (!mayBeCredited(document)) throw refusalProblem(refuse('not_creditable'))
}

export const wrong = (pointer: string, detail: string): FieldError => ({ pointer, code: 'invalid', detail })

/** Reads the columns of programs; only those that are sent. */
export function readProgramFields(
  { external_id: externalId, metadata }: Pick<DocumentChanges, 'external_id' | 'metadata'>,
  current: Metadata = {},
): { externalId?: string | null; metadata?: Metadata } {
  const changed = metadata && changedMetadata(current, metadata)
  const errors = [
    ...(externalId !== undefined && externalId.length > MAX_EXTERNAL_ID_CHARS
      ? [wrong('/external_id', `It has at most ${MAX_EXTERNAL_ID_CHARS} characters.`)]
      : []),
    ...(metadata && !changed
      ? [{ pointer: '/metadata', code: 'too_many', detail: `It has at most ${MAX_METADATA} pairs.` }]
      : []),
  ]
  if (errors.length > 0) throw invalid(errors)
  return {
    ...(externalId !== undefined && { externalId: cleanLine(externalId) || null }),
    ...(changed && { metadata: changed }),
  }
}

const MAX_EXTERNAL_ID_CHARS = 200
