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
 * Takes back all that is left of an issued document by one credit note, finalised at once. Where that lacks something (the seller's
 * address, say), the credit note stays a draft, whose page says what.
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
    if (!made.ok) return made
  }
  const version = earlier?.version ?? 1
  const finalised = await finaliseDocument(deps, { accountId, documentId: creditId, version, actor })
  if (finalised.ok) return ok({ isFinal: true })
  if (finalised.reason !== 'incomplete' || !finalised.missing.includes('credit_exceeds')) return ok({ isFinal: false })
  // Somebody else has credited it in between: there is nothing that this draft could be for.
  await deleteDraft(deps, { accountId, documentId: creditId })
  return refuse('nothing_left')
}
