import { findDocument } from '../../db/documents'
import { leftToCredit, mayBeCredited } from '../../domain/credit-note'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { createCreditNote } from './create-credit-note'
import { restOf } from './credit-rest'
import { deleteDraft } from './delete-draft'
import { finaliseDocument } from './finalise-document'

export interface VoidInput {
  accountId: string
  documentId: string
  /** The id of the credit note, which the form carries, so that a form sent twice makes one. */
  creditId: string
  actor: string
}

/**
 * Voids an issued document by one credit note for all that is left, finalised at once. If something is missing (for
 * example the seller's address), the credit note stays a draft, and its page says what is missing.
 */
export async function voidDocument(
  deps: Deps,
  { accountId, documentId, creditId, actor }: VoidInput,
): Promise<Result<{ isFinal: boolean }, 'not_found' | 'nothing_left'>> {
  const [original, earlier] = await Promise.all([
    findDocument(deps.db, accountId, documentId),
    findDocument(deps.db, accountId, creditId),
  ])
  if (!original || !mayBeCredited(original) || (earlier && earlier.refersTo !== documentId)) return refuse('not_found')
  if (earlier?.status === 'final') return ok({ isFinal: true })
  if (leftToCredit(original) === 0) return refuse('nothing_left')
  if (!earlier) {
    const content = await restOf(deps, original)
    const credit = { accountId, refersTo: documentId, documentId: creditId, content, actor }
    const made = await createCreditNote(deps, credit)
    if (!made.ok) return refuse('not_found')
  }
  const version = earlier?.version ?? 1
  const finalised = await finaliseDocument(deps, { accountId, documentId: creditId, version, actor })
  if (finalised.ok) return ok({ isFinal: true })
  if (finalised.reason !== 'incomplete' || !finalised.missing.includes('credit_exceeds')) return ok({ isFinal: false })
  // Another credit note was finalised first, so this draft has nothing left to credit.
  await deleteDraft(deps, { accountId, documentId: creditId })
  return refuse('nothing_left')
}
