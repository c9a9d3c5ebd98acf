import { runBatch } from '../../db/client'
import {
  type DraftColumns,
  findDocument,
  insertDraft,
  isExternalIdTaken,
  type StoredDocument,
} from '../../db/documents'
import { insertHistory } from '../../db/history'
import { mayBeCredited } from '../../domain/credit-note'
import type { DocumentContent } from '../../domain/document'
import type { Metadata } from '../../domain/metadata'
import { ok, type Result, refuse } from '../../domain/result'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { draftColumns } from './draft-columns'

export interface CreditNoteInput {
  accountId: string
  /** The issued document that it credits. */
  refersTo: string
  /**
   * The credit note's id, which the form carries, so that a form sent twice makes one. It is a test id if the document
   * is a test.
   */
  documentId: string
  content: DocumentContent
  actor: string
  /** Of programs. */
  externalId?: string | null
  metadata?: Metadata
}

/**
 * Adds the draft of a credit note, with the customer and currency of the credited document, which its History names.
 */
export async function createCreditNote(
  deps: Deps,
  input: CreditNoteInput,
): Promise<Result<{ id: string }, 'not_found' | 'external_id_taken'>> {
  const { accountId, refersTo, documentId: id, actor, externalId, metadata } = input
  const original = await findDocument(deps.db, accountId, refersTo)
  if (!original || !mayBeCredited(original) || isTestDocument(id) !== original.test) return refuse('not_found')
  const columns = await creditColumns(deps, original, id, input.content)
  const at = deps.now()
  const draft = { accountId, id, kind: 'credit_note', createdBy: actor, refersTo } as const
  const ofProgram = { ...(externalId !== undefined && { externalId }), ...(metadata && { metadata }) }
  const historyRow = { accountId, documentId: id, id: deps.newId('his'), at, actor, deliveryId: null }
  const data = { documentId: refersTo, number: original.number ?? '' }
  try {
    await runBatch(deps.db, [
      insertDraft(deps.db, { ...draft, ...columns, ...ofProgram }, at),
      insertHistory(deps.db, [{ ...historyRow, type: 'credits', data }], 'after_change'),
    ])
    return ok({ id })
  } catch (error) {
    if (isExternalIdTaken(error)) return refuse('external_id_taken')
    throw error
  }
}

/** Returns the columns of a credit note's draft. If the customer was forgotten since, only the name stays. */
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
  const withoutContact = await draftColumns(deps, { accountId, documentId, contactId: null, content })
  if (!withoutContact.ok) throw new Error(withoutContact.reason)
  return { ...withoutContact.value, contactName, contactKey }
}
