import { findImport, type ImportKey, markApplying } from '../../db/contact-imports'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/** Marks a checked plan as being applied; `continueImport` applies its pieces. A repeated request changes nothing. */
export async function startImport(
  deps: Deps,
  key: ImportKey,
  planId: string,
): Promise<Result<null, 'not_found' | 'import_changed'>> {
  if (await markApplying(deps.db, key, planId, deps.now())) return ok(null)
  const stored = await findImport(deps.db, key)
  if (!stored) return refuse('not_found')
  return stored.plan?.id === planId && stored.status !== 'checked' ? ok(null) : refuse('import_changed')
}
