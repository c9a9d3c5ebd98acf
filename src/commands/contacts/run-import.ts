import {
  deleteImport,
  findImport,
  type ImportKey,
  listOldImports,
  listStalledImports,
  markApplying,
  postponeImport,
} from '../../db/contact-imports'
import { findMatches } from '../../db/import-matches'
import { applyPiece } from '../../db/import-piece'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { type CheckedLine, checkImportLine } from './check-import-line'
import { deleteFiles, readPiece } from './import-files'

/** About 200 calls to D1 and R2, of the 1,000 that an invocation may make. */
const PIECES_A_RUN = 50
const TRIES = 5
const STALLED_AFTER_MS = 30_000
const STALLED_A_TICK = 3
const OLD_AFTER_MS = 7 * 86_400_000

/** Begins to apply a checked plan; `goOnWithImport` applies its pieces. A repeated request changes nothing. */
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

/** Applies up to `pieces` pieces. Runs at the same time apply each piece once. */
export async function goOnWithImport(deps: Deps, key: ImportKey, pieces = PIECES_A_RUN): Promise<void> {
  for (let done = 0; done < pieces; done++) if (!(await applyNext(deps, key))) return
}

/**
 * Continues imports whose process died, or that were too long for one request. One that fails doesn't stop the others.
 */
export async function goOnWithImports(deps: Deps): Promise<void> {
  const stalled = await listStalledImports(deps.db, deps.now() - STALLED_AFTER_MS, STALLED_A_TICK)
  for (const key of stalled) {
    try {
      await goOnWithImport(deps, key)
    } catch (error) {
      deps.log({ ...errorEntry(error), import: key.id })
      await postponeImport(deps.db, key, deps.now())
    }
  }
}

/** Deletes imports, with their files, a week after they finished or were abandoned. */
export async function deleteOldImports(deps: Deps): Promise<void> {
  for (const key of await listOldImports(deps.db, deps.now() - OLD_AFTER_MS, 50)) {
    await deleteFiles(deps, key)
    await deleteImport(deps.db, key)
  }
}

/** Applies the next piece. Returns false when none is left. */
async function applyNext(deps: Deps, key: ImportKey): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const stored = await findImport(deps.db, key)
    if (stored?.status !== 'applying' || !stored.plan) return false
    const { plan, choices, nextPiece: piece, pieces } = stored
    const lines = await readPiece(deps, key, plan.id, piece)
    const keys = lines.flatMap((line) => checkImportLine(line, choices.matchBy, undefined).keys)
    const matches = await findMatches(deps.db, key.accountId, choices.matchBy, [...new Set(keys)])
    const checked = refuseRepeated(lines.map((line) => checkImportLine(line, choices.matchBy, matches)))
    const applied = await applyPiece(
      deps.db,
      {
        ...{ key, planId: plan.id, piece },
        create: checked.flatMap((item) => (item.act === 'create' ? [{ id: item.line.id, contact: item.contact }] : [])),
        update: checked.flatMap((item) => (item.act === 'update' ? [item] : [])),
        failed: checked.filter(({ act }) => act === 'wrong').length,
      },
      deps.now(),
    )
    if (!applied) continue
    if (piece + 1 < pieces) return true
    await deleteFiles(deps, key, plan.id)
    return false
  }
  // Other requests keep changing the same contacts; the next tick tries again.
  return false
}

/** Refuses the second of two lines that now match one contact, since contacts may have changed after the check. */
function refuseRepeated(checked: CheckedLine[]): CheckedLine[] {
  const seen = new Set<string>()
  return checked.map((item) => {
    if (item.act !== 'update') return item
    if (seen.has(item.current.id)) return { line: item.line, keys: item.keys, act: 'wrong', problems: [] }
    seen.add(item.current.id)
    return item
  })
}
