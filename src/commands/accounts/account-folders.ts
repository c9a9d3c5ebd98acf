/** Lists and deletes an account's objects in R2, which lie in `<folder>/<account>/…`. */
import type { Deps } from '../deps'

export const ACCOUNT_FOLDERS = ['pdf', 'mail', 'import', 'export', 'logo', 'attachment', 'stripe'] as const
export type AccountFolder = (typeof ACCOUNT_FOLDERS)[number]

const OBJECTS_A_STEP = 1000

export const exportKey = (accountId: string, part: number): string =>
  `export/${accountId}/${String(part).padStart(4, '0')}.zip`

/** Deletes some objects in a folder of an account. Returns true if there are more. */
export async function deleteSomeObjects(deps: Deps, folder: AccountFolder, accountId: string): Promise<boolean> {
  const { objects, truncated } = await deps.bucket.list({ prefix: `${folder}/${accountId}/`, limit: OBJECTS_A_STEP })
  if (objects.length > 0) await deps.bucket.delete(objects.map(({ key }) => key))
  return truncated
}

export interface ExportPart {
  part: number
  bytes: number
}

/** Returns the stored parts of an account's export. */
export async function listExportParts(deps: Deps, accountId: string): Promise<ExportPart[]> {
  const { objects } = await deps.bucket.list({ prefix: `export/${accountId}/` })
  return objects.flatMap(({ key, size }) => {
    const part = Number(/(\d+)\.zip$/.exec(key)?.[1])
    return Number.isInteger(part) ? [{ part, bytes: size }] : []
  })
}
