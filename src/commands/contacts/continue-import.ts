import { findImport, type ImportKey } from '../../db/contact-imports'
import { findMatches } from '../../db/import-matches'
import { applyPiece } from '../../db/import-piece'
import type { Deps } from '../deps'
import { type CheckedLine, checkImportLine } from './check-import-line'
import { deleteFiles, readPiece } from './import-files'

/** About 200 calls to D1 and R2, of the 1,000 that an invocation may make. */
const PIECES_A_RUN = 50
const TRIES = 5

/** Applies up to `pieces` pieces. Concurrent runs apply each piece once. */
export async function continueImport(deps: Deps, key: ImportKey, pieces = PIECES_A_RUN): Promise<void> {
  for (let done = 0; done < pieces; done++) if (!(await applyNext(deps, key))) return
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
