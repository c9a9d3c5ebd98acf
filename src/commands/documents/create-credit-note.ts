import { runBatch } from '../../db/client'
import { type DraftColumns, findDocument, insertDraft, type StoredDocument } from '../../db/documents'
import { insertHistory } from '../../db/history'
import { mayBeCredited } from '../../domain/credit-note'
import type { DocumentContent } from '../../domain/document'
import { ok, type Result, refuse } from '../../domain/result'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { draftColumns } from './draft-columns'

export interface CreditNoteInput {
  accountId: string
  /** The issued document that it credits. */
  refersTo: string
  /** Its own id, which the form carries, so that a form sent twice makes one; a test's where the document is one. */
  documentId: string
  content: DocumentContent
  actor: string
}

/** Adds the draft of a credit note: for whom its document was for, and in the same money. Both tell of each other in History. */
export async function createCreditNote(
  deps: Deps,
  input: CreditNoteInput,
): Promise<Result<{ id: string }, 'not_found'>> {
  const { accountId, refersTo, documentId: id, actor } = input
  const original = await findDocument(deps.db, accountId, refersTo)
  if (!original || !mayBeCredited(original) || isTestDocument(id) !== original.test) return refuse('not_found')
  const columns = await creditColumns(deps, original, id, input.content)
  const at = deps.now()
  const draft = { accountId, id, kind: 'credit_note', createdBy: actor, refersTo } as const
  const told = { accountId, documentId: id, id: deps.newId('his'), at, actor, deliveryId: null }
  const data = { documentId: refersTo, number: original.number ?? '' }
  await runBatch(deps.db, [
    insertDraft(deps.db, { ...draft, ...columns }, at),
    insertHistory(deps.db, [{ ...told, type: 'credits', data }], 'after_change'),
  ])
  return ok({ id })
}

/** Of a customer who has been forgotten since, the name stays. */
export async function creditColumns(
  deps: Deps,
  original: StoredDocument,
  documentId: string,
  typed: DocumentContent,
): Promise<DraftColumns> {
  const { accountId, contactId, contactName, contactKey, currency } = original
  const content = { ...typed, currency }
  const columns = await draftColumns(deps, { accountId, documentId, contactId, content })
  if (columns.ok && contactId) return columns.value
  const nobody = await draftColumns(deps, { accountId, documentId, contactId: null, content })
  if (!nobody.ok) throw new Error(nobody.reason)
  return { ...nobody.value, contactName, contactKey }
}
