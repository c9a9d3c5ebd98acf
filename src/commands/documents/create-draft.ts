import { insertDraft, isExternalIdTaken } from '../../db/documents'
import type { DocumentKind } from '../../domain/document'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { type DraftInput, draftColumns } from './draft-columns'

/**
 * Adds a draft under the id that its form carries, so that a form sent twice adds one. Credit notes use
 * `createCreditNote`.
 */
export async function createDraft(
  deps: Deps,
  input: DraftInput & { kind: Exclude<DocumentKind, 'credit_note'>; actor: string },
): Promise<Result<{ id: string }, 'contact_not_found' | 'external_id_taken'>> {
  const columns = await draftColumns(deps, input)
  if (!columns.ok) return columns
  const { accountId, documentId: id, kind, actor } = input
  try {
    await insertDraft(deps.db, { accountId, id, kind, createdBy: actor, ...columns.value }, deps.now())
    return ok({ id })
  } catch (error) {
    if (isExternalIdTaken(error)) return refuse('external_id_taken')
    throw error
  }
}
