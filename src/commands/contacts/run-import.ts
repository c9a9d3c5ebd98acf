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
const FORGOTTEN_AFTER_MS = 7 * 86_400_000

/** Begins to apply what was checked; `goOnWithImport` does the rest. Pressed twice, it begins once. */
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

/** Applies piece after piece, until all are or this run has done its share. Two at once make nothing twice. */
export async function goOnWithImport(deps: Deps, key: ImportKey, pieces = PIECES_A_RUN): Promise<void> {
  for (let done = 0; done < pieces; done++) if (!(await applyNext(deps, key))) return
}

/** A tick: imports whose process died, or that were too long for the request that began them. One that fails holds up no other. */
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

/** Files of imports that are over, or that nobody went on with: a week later nothing is left of them. */
export async function deleteOldImports(deps: Deps): Promise<void> {
  for (const key of await listOldImports(deps.db, deps.now() - FORGOTTEN_AFTER_MS, 50)) {
    await deleteFiles(deps, key)
    await deleteImport(deps.db, key)
  }
}

/** False when there is nothing (more) to do. */
async function applyNext(deps: Deps, key: ImportKey): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const stored = await findImport(deps.db, key)
    if (stored?.status !== 'applying' || !stored.plan) return false
    const { plan, choices, nextPiece: piece, pieces } = stored
    const lines = await readPiece(deps, key, plan.id, piece)
    const alone = lines.flatMap((line) => checkImportLine(line, choices.matchBy, undefined).keys)
    const matches = await findMatches(deps.db, key.accountId, choices.matchBy, [...new Set(alone)])
    const judged = eachOnce(lines.map((line) => checkImportLine(line, choices.matchBy, matches)))
    const applied = await applyPiece(
      deps.db,
      {
        ...{ key, planId: plan.id, piece },
        create: judged.flatMap((one) => (one.act === 'create' ? [{ id: one.line.id, contact: one.contact }] : [])),
        update: judged.flatMap((one) => (one.act === 'update' ? [one] : [])),
        failed: judged.filter(({ act }) => act === 'wrong').length,
      },
      deps.now(),
    )
    if (!applied) continue
    if (piece + 1 < pieces) return true
    await deleteFiles(deps, key, plan.id)
    return false
  }
  // Somebody changes these very contacts again and again: the next tick tries once more.
  return false
}

/** Contacts may have changed since the check, so that two lines are about one now: the first counts. */
function eachOnce(judged: CheckedLine[]): CheckedLine[] {
  const seen = new Set<string>()
  return judged.map((one) => {
    if (one.act !== 'update') return one
    if (seen.has(one.current.id)) return { line: one.line, keys: one.keys, act: 'wrong', problems: [] }
    seen.add(one.current.id)
    return one
  })
}
