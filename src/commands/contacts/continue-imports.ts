import { listStalledImports, postponeImport } from '../../db/contact-imports'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { continueImport } from './continue-import'

const STALLED_AFTER_MS = 30_000
const STALLED_A_TICK = 3

/** Continues imports whose process died, or that were too long for one request. One that fails doesn't stop the others. */
export async function continueImports(deps: Deps): Promise<void> {
  const stalled = await listStalledImports(deps.db, deps.now() - STALLED_AFTER_MS, STALLED_A_TICK)
  for (const key of stalled) {
    try {
      await continueImport(deps, key)
    } catch (error) {
      deps.log({ ...errorEntry(error), import: key.id })
      await postponeImport(deps.db, key, deps.now())
    }
  }
}
