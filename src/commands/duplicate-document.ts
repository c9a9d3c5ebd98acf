import { runBatch } from '../db/client'
import { findDocument, insertDraft } from '../db/documents'
import { insertHistory } from '../db/history'
import type { DocumentContent } from '../domain/document'
import { ok, type Result, refuse } from '../domain/result'
import type { Deps } from './deps'
import { draftColumns } from './draft-columns'

export interface DuplicateInput {
  accountId: string
  documentId: string
  /** The id of the copy, which the form carries, so that a form sent twice makes one. */
  copyId: string
  actor: string
}

/** A new draft with the same customer, lines and terms; its dates are those of the day it is finalised. */
export async function duplicateDocument(deps: Deps, input: DuplicateInput): Promise<Result<{ id: string }>> {
  const { accountId, documentId, copyId, actor } = input
  const original = await findDocument(deps.db, accountId, documentId)
  if (!original) return refuse('not_found')
  const { kind, contactId, number } = original
  const content = undated(original.content)
  const columns = await draftColumns(deps, { accountId, documentId: copyId, contactId, content })
  if (!columns.ok) return columns
  const at = deps.now()
  const data: Record<string, string> = number ? { documentId, number } : { documentId }
  const told = { accountId, documentId: copyId, id: deps.newId('his'), at, actor, deliveryId: null, data }
  await runBatch(deps.db, [
    insertDraft(deps.db, { accountId, id: copyId, kind, createdBy: actor, ...columns.value }, at),
    insertHistory(deps.db, [{ ...told, type: 'duplicated' }], 'after_change'),
  ])
  return ok({ id: copyId })
}

const undated = ({ paidOn: _, ...content }: DocumentContent): DocumentContent => ({
  ...content,
  issueDate: '',
  dueDate: '',
  supplyFrom: '',
  supplyTo: '',
})
