import { insertDraft } from '../../db/documents'
import type { DocumentKind } from '../../domain/document'
import { ok, type Result } from '../../domain/result'
import type { Deps } from '../deps'
import { type DraftInput, draftColumns } from './draft-columns'

/**
 * Adds a draft under the id that its form carries, so that a form sent twice adds one. Credit notes use
 * `createCreditNote`.
 */
export async function createDraft(
  deps: Deps,
  input: DraftInput & { kind: Exclude<DocumentKind, 'credit_note'>; actor: string },
): Promise<Result<{ id: string }, 'contact_not_found'>> {
  const columns = await draftColumns(deps, input)
  if (!columns.ok) return columns
  const { accountId, documentId: id, kind, actor } = input
  await insertDraft(deps.db, { accountId, id, kind, createdBy: actor, ...columns.value }, deps.now())
  return ok({ id })
}
