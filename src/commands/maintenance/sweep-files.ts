import { claimUnusedFiles, deleteFileRows } from '../../db/files'
import type { Deps } from '../deps'

const FILES_A_STEP = 50
const MAX_STEPS = 20

/**
 * Deletes uploads that never completed, and files that nothing has used for a day. The row is claimed before the object goes and is
 * deleted after it: after a crash in between, the next sweep continues.
 */
export async function sweepFiles(deps: Deps): Promise<void> {
  for (let step = 0; step < MAX_STEPS; step++) {
    const now = deps.now()
    const keys = await claimUnusedFiles(deps.db, FILES_A_STEP, now)
    if (keys.length === 0) return
    await deps.bucket.delete(keys)
    await deleteFileRows(deps.db, keys, now)
    deps.log({ event: 'files_swept', count: keys.length })
  }
}
