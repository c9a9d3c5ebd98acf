import {
  type DraftColumns,
  findDocument,
  isExternalIdTaken,
  type StoredDocument,
  updateDraft,
} from '../../db/documents'
import { ok, type Refused, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { creditColumns } from './create-credit-note'
import { type DraftInput, draftColumns } from './draft-columns'

export type DraftSaved =
  | { ok: true; version: number }
  | Refused<'not_found' | 'contact_not_found' | 'already_final' | 'external_id_taken'>
  /** Another request saved first. Nothing was changed; `current` is what is stored now. */
  | (Refused<'stale'> & { current: StoredDocument })

/**
 * Replaces a draft that still has `version`. A repeated request with the same content is no conflict.
 * @param input `actor`: the person who saves; null for a change that no person made
 */
export async function saveDraft(
  deps: Deps,
  input: DraftInput & { version: number; actor: string | null },
): Promise<DraftSaved> {
  const { accountId, documentId: id, version, actor } = input
  const columns = await columnsOf(deps, input)
  if (!columns.ok) return columns
  try {
    if (await updateDraft(deps.db, { accountId, id, version }, columns.value, { at: deps.now(), by: actor }))
      return { ok: true, version: version + 1 }
  } catch (error) {
    if (isExternalIdTaken(error)) return refuse('external_id_taken')
    throw error
  }
  const current = await findDocument(deps.db, accountId, id)
  if (!current) return refuse('not_found')
  if (current.status === 'final') return refuse('already_final')
  if (isSame(current, columns.value)) return { ok: true, version: current.version }
  return { ...refuse('stale'), current }
}

/** Returns the columns of the draft. A credit note keeps the customer and currency of the credited document. */
async function columnsOf(deps: Deps, input: DraftInput): Promise<Result<DraftColumns, 'contact_not_found'>> {
  const { accountId, documentId, content, externalId, metadata } = input
  const refersTo = (await findDocument(deps.db, accountId, documentId))?.refersTo
  const original = refersTo ? await findDocument(deps.db, accountId, refersTo) : undefined
  if (!original) return draftColumns(deps, input)
  const columns = await creditColumns(deps, original, documentId, content)
  return ok({ ...columns, ...(externalId !== undefined && { externalId }), ...(metadata && { metadata }) })
}

function isSame(current: StoredDocument, columns: DraftColumns): boolean {
  const { contactId, content, externalId = current.externalId, metadata = current.metadata } = columns
  const { contactId: c, content: t, externalId: e, metadata: m } = current
  return JSON.stringify([c, t, e, m]) === JSON.stringify([contactId, content, externalId, metadata])
}
