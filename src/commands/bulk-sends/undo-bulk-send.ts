import { type BulkRef, findBulkSend, undoStatements } from '../../db/bulk-sends'
import { runBatch } from '../../db/client'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { continueBulkSend } from './continue-bulk-send'

/** Steps done before the response; the page and the ticks do the rest. */
const FIRST_STEPS = 2

/**
 * Cancels every mail of a bulk send that has not been dispatched, all in one transaction, and queues no more. Finalised
 * documents stay final. Refuses with `already_dispatched` when nothing could be cancelled.
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
