import { deleteImport, listOldImports } from '../../db/contact-imports'
import type { Deps } from '../deps'
import { deleteFiles } from './import-files'

const OLD_AFTER_MS = 7 * 86_400_000
const MAX_IMPORTS = 50

/** Deletes imports, with their files, a week after they finished or were abandoned. */
export async function deleteOldImports(deps: Deps): Promise<void> {
  for (const key of await listOldImports(deps.db, deps.now() - OLD_AFTER_MS, MAX_IMPORTS)) {
    await deleteFiles(deps, key)
    await deleteImport(deps.db, key)
  }
}
