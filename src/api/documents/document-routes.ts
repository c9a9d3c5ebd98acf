/** Serves documents: drafts are made, changed and finalised; final ones are only read, paid and voided. */
import { Hono } from 'hono'
import { createCreditNote } from '../../commands/documents/create-credit-note'
import { createDraft } from '../../commands/documents/create-draft'
import { deleteDraft } from '../../commands/documents/delete-draft'
import { finaliseDocument } from '../../commands/documents/finalise-document'
import { saveDraft } from '../../commands/documents/save-draft'
import { retryStale } from '../../commands/retry-stale'
import { createIssued } from '../../commands/sends/create-issued'
import { listDocumentsByFacts } from '../../db/document-facts'
import { ok, refuse } from '../../domain/result'
import { documentPrefix } from '../../domain/test-mode'
import { routes } from '../../routes'
import type { ApiContext, ApiEnv } from '../api-env'
import { requireMatch } from '../etag'
import { listReply } from '../list-reply'
import { idFor } from '../middleware/idempotent'
import { Problem } from '../problem'
import { unwrap } from '../refusal'
import { serve } from '../serve'
import { createUploaded } from './create-uploaded'
import { documentJson, summaryJson } from './document-json'
import * as operations from './document-operations'
import type { NewDocument } from './document-schemas'
import { finaliseProblem } from './finalise-problem'
import { readContent } from './read-content'
import { readCreditNote, readNewDocument, readProgramFields, theContact, theDocument } from './read-document'
import { showDocument, todayOf } from './show-document'

export const documentRoutes = new Hono<ApiEnv>()

serve(documentRoutes, operations.listDocuments, async (c, { query }) => {
  const { limit, cursor, type, state, delivery_state: mailState, created_from: from, created_to: to, ...facts } = query
  const { deps, key } = c.var
  const today = todayOf(c)
  const filter = { test: key.test, kind: type, state, mailState, today: today.today }
  const wanted = {
    ...{ number: facts.number, externalId: facts.external_id, contactId: facts.contact_id },
    ...{ issuedFrom: facts.issued_from, issuedTo: facts.issued_to },
    ...{ createdFrom: timeOf(from), createdTo: timeOf(to) },
  }
  const page = { before: cursor, limit }
  const { items, next } = await listDocumentsByFacts(deps.db, key.accountId, filter, wanted, page)
  return listReply(
    c,
    items.map((item) => summaryJson(item, today)),
    next,
  )
})

serve(documentRoutes, operations.createDocument, async (c, { body }) => {
  if (!body) return createUploaded(c)
  if (body.automatic && !c.var.key.scopes.includes('send'))
    throw new Problem('scope_missing', { detail: 'An automatic document takes the scope send.' })
  const id = await createDocument(c, body)
  c.header('Location', routes.api + routes.apiDocument(id))
  return showDocument(c, id)
})

serve(documentRoutes, operations.getDocument, async (c, { params }) => showDocument(c, params.id))

serve(documentRoutes, operations.changeDocument, async (c, { params: { id }, body }) => {
  const { deps, key, account } = c.var
  const { contact_id: newContactId, ...changes } = body
  const contact = newContactId ? await theContact(c, newContactId) : undefined
  const saved = await retryStale(async () => {
    const current = await theDocument(c, id)
    await requireMatch(c, documentJson(current, todayOf(c)))
    if (current.status === 'final') return refuse('already_final')
    const draft = {
      ...{ accountId: key.accountId, documentId: id, version: current.version, actor: key.id },
      contactId: newContactId === undefined ? current.contactId : (contact?.id ?? null),
      content: readContent(changes, current.content, account.settings),
      ...readProgramFields(body, current.metadata),
    }
    const done = await saveDraft(deps, draft)
    return done.ok ? ok(null) : done.reason === 'stale' ? undefined : refuse(done.reason)
  })
  unwrap(saved)
  return showDocument(c, id)
})

serve(documentRoutes, operations.deleteDocument, async (c, { params: { id } }) => {
  await requireMatch(c, documentJson(await theDocument(c, id), todayOf(c)))
  unwrap(await deleteDraft(c.var.deps, { accountId: c.var.key.accountId, documentId: id }))
  return null
})

serve(documentRoutes, operations.finalizeDocument, async (c, { params: { id } }) => {
  const { deps, key } = c.var
  const done = await retryStale(async () => {
    const current = await theDocument(c, id)
    await requireMatch(c, documentJson(current, todayOf(c)))
    if (current.status === 'final') return ok(null)
    const input = { accountId: key.accountId, documentId: id, version: current.version, actor: key.id }
    const finalised = await finaliseDocument(deps, input)
    return !finalised.ok && finalised.reason === 'stale' ? undefined : finalised
  })
  if (!done.ok) throw finaliseProblem(done)
  return showDocument(c, id)
})

/** Returns the id of the new document. */
async function createDocument(c: ApiContext, body: NewDocument): Promise<string> {
  const { deps, key } = c.var
  const ref = { accountId: key.accountId, documentId: idFor(c, documentPrefix(key.test)), actor: key.id }
  const fields = readProgramFields(body)
  const { type: kind, automatic } = body
  const {
    contactId = null,
    newContactId,
    ...read
  } = kind === 'credit_note'
    ? { ...(await readCreditNote(c, body)), contactId: null, newContactId: undefined }
    : { newContactId: undefined, ...(await readNewDocument(c, body)) }
  const create = () =>
    kind === 'credit_note'
      ? createCreditNote(deps, { ...ref, refersTo: '', ...read, ...fields })
      : createDraft(deps, { ...ref, ...read, ...fields, kind, contactId })
  if (body.finalize || automatic) {
    const made = await createIssued(deps, { ...ref, ...read, contactId, newContactId, automatic, create })
    if (!made.ok) throw finaliseProblem(made)
  } else unwrap(await create())
  return ref.documentId
}

const timeOf = (iso: string | undefined): number | undefined => (iso === undefined ? undefined : Date.parse(iso))
