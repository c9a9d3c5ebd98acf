import { runBatch } from '../../db/client'
import { type DraftColumns, findDocument, insertDraft, type StoredDocument } from '../../db/documents'
import { insertHistory } from '../../db/history'
import type { DocumentContent } from '../../domain/document'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { creditColumns } from './create-credit-note'
import { draftColumns } from './draft-columns'

export interface DuplicateInput {
  accountId: string
  documentId: string
  /** The id of the copy, which the form carries, so that a form sent twice makes one. */
  copyId: string
  actor: string
}

/** Adds a draft with the same customer, lines and terms as a document. Its dates are set when it is finalised. */
export async function duplicateDocument(deps: Deps, input: DuplicateInput): Promise<Result<{ id: string }>> {
  const { accountId, documentId, copyId, actor } = input
  const original = await findDocument(deps.db, accountId, documentId)
  if (!original) return refuse('not_found')
  if (original.snapshot?.upload) return refuse('made_elsewhere')
  const { kind, number, refersTo, test } = original
  const columns = await columnsOf(deps, original, copyId)
  if (!columns) return refuse('not_found')
  const at = deps.now()
  const data: Record<string, string> = number ? { documentId, number } : { documentId }
  const copy = { accountId, id: copyId, kind, test, createdBy: actor, ...(refersTo && { refersTo }) }
  const historyRow = { accountId, documentId: copyId, id: deps.newId('his'), at, actor, deliveryId: null, data }
  await runBatch(deps.db, [
    insertDraft(deps.db, { ...copy, ...columns }, at),
    insertHistory(deps.db, [{ ...historyRow, type: 'duplicated' }], 'after_change'),
  ])
  return ok({ id: copyId })
}

/**
 * Returns the columns of the copy. A copied credit note credits the same document. If the contact is gone, the copy
 * has none.
 */
async function columnsOf(deps: Deps, original: StoredDocument, copyId: string): Promise<DraftColumns | undefined> {
  const { accountId, contactId, refersTo } = original
  const content = undated(original.content)
  if (refersTo) {
    const credited = await findDocument(deps.db, accountId, refersTo)
    return credited && creditColumns(deps, credited, copyId, content)
  }
  const input = { accountId, documentId: copyId, content }
  const columns = await draftColumns(deps, { ...input, contactId })
  if (columns.ok) return columns.value
  const withoutContact = await draftColumns(deps, { ...input, contactId: null })
  return withoutContact.ok ? withoutContact.value : undefined
}

const undated = ({ paidOn: _, ...content }: DocumentContent): DocumentContent => ({
  ...content,
  issueDate: '',
  dueDate: '',
  supplyFrom: '',
  supplyTo: '',
})
