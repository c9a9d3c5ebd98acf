import { type BulkRef, findBulkSend, undoStatements } from '../../db/bulk-sends'
import { runBatch } from '../../db/client'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { continueBulkSend } from './continue-bulk-sends'

/** Steps done before the person is answered; the page and the ticks do the rest. */
const FIRST_STEPS = 2

/**
 * Undo: takes back every mail that has not been dispatched yet, all of them at once, and makes no more. What was finalised stays so.
 * Refused with `already_dispatched` when nothing could be taken back.
 */
export async function undoBulkSend(
  deps: Deps,
  { userId, ...ref }: BulkRef & { userId: string },
): Promise<Result<null, 'not_found' | 'already_dispatched'>> {
  const bulk = await findBulkSend(deps.db, ref)
  if (!bulk) return refuse('not_found')
  if (bulk.undoneAt !== null) return ok(null)
  if (bulk.dueAt === null) return refuse('already_dispatched')
  const [, , undone] = await runBatch(deps.db, undoStatements(ref, deps.now(), userId))
  if (undone?.results.length !== 1) return refuse('already_dispatched')
  await continueBulkSend(deps, ref, FIRST_STEPS)
  return ok(null)
}
