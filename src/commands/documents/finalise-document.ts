import { runBatch } from '../../db/client'
import { findDocument } from '../../db/documents'
import { runFinalisations, type Statements } from '../../db/finalisation'
import { ok, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { type FinaliseInput, type FinaliseRefusal, prepareFinalise } from './prepare-finalise'

export type Finalised = { ok: true; value: { number: string } } | FinaliseRefusal

/**
 * Finalises a draft: it gets the next number of its series, and from then on it does not change. A repeated request
 * returns the number that the document got the first time.
 * @param andThen statements for the same transaction, such as `insertSends`: they must do nothing while the document is
 *   a draft, and nothing the second time they run
 */
export async function finaliseDocument(deps: Deps, input: FinaliseInput, andThen: Statements = []): Promise<Finalised> {
  const prepared = await prepareFinalise(deps, input)
  if (!prepared.ok) return prepared.reason === 'already_final' ? repeat(deps, input, andThen) : prepared
  const { finalisation, expectedNumber } = prepared.value
  const done = await runFinalisations(deps.db, [finalisation], andThen)
  if (!('failed' in done)) return ok({ number: done.numbers.get(input.documentId) ?? expectedNumber })
  if (done.failed === 'taken') return refuse('number_taken', { number: expectedNumber })
  // Another request changed it first: decide again from the current state.
  const current = await prepareFinalise(deps, input)
  if (current.ok) return refuse('stale')
  return current.reason === 'already_final' ? repeat(deps, input, andThen) : current
}

/**
 * Returns the number if this version was finalised; refuses if the final document is not the version that the person
 * saw.
 */
async function repeat(deps: Deps, input: FinaliseInput, andThen: Statements): Promise<Finalised> {
  const document = await findDocument(deps.db, input.accountId, input.documentId)
  if (document?.number == null || document.version !== input.version + 1) return refuse('already_final')
  await runBatch(deps.db, andThen)
  return ok({ number: document.number })
}
