/** Reads and writes the objects of an import in R2: the file as text, and the results of each check. */
import * as v from 'valibot'
import type { ImportKey } from '../../db/contact-imports'
import type { ImportProblem } from '../../domain/contact-import'
import type { ImportCells } from '../../domain/import-cells'
import type { Deps } from '../deps'

/** A valid line that is still to be applied. */
export interface ImportLine {
  line: number
  /** The id of the contact that the line creates, if it creates one. It stays the same in every attempt. */
  id: string
  cells: ImportCells
}

/** The result of a check, as the page shows it. */
export interface ImportReport {
  /** The first valid lines, as they will be stored. */
  examples: {
    line: number
    act: 'create' | 'update' | 'same'
    name: string
    emails: string[]
    town: string
    country: string
  }[]
  problems: ImportProblem[]
}

const folder = ({ accountId, id }: ImportKey): string => `import/${accountId}/${id}/`
const fileKey = (key: ImportKey): string => `${folder(key)}file.csv`
const pieceKey = (key: ImportKey, planId: string, piece: number): string => `${folder(key)}${planId}/${piece}.json`
const reportKey = (key: ImportKey, planId: string): string => `${folder(key)}${planId}/report.json`

export const putFile = (deps: Deps, key: ImportKey, text: string) => deps.bucket.put(fileKey(key), text)

export async function readFile(deps: Deps, key: ImportKey): Promise<string | undefined> {
  return (await deps.bucket.get(fileKey(key)))?.text()
}

export const putPiece = (deps: Deps, key: ImportKey, planId: string, piece: number, lines: ImportLine[]) =>
  deps.bucket.put(pieceKey(key, planId, piece), JSON.stringify(lines))

const Lines = v.array(v.object({ line: v.number(), id: v.string(), cells: v.record(v.string(), v.string()) }))

export async function readPiece(deps: Deps, key: ImportKey, planId: string, piece: number): Promise<ImportLine[]> {
  const object = await deps.bucket.get(pieceKey(key, planId, piece))
  if (!object) throw new Error('the lines of an import are gone')
  return v.parse(Lines, await object.json())
}

export const putReport = (deps: Deps, key: ImportKey, planId: string, report: ImportReport) =>
  deps.bucket.put(reportKey(key, planId), JSON.stringify(report))

/** Returns undefined once the report was deleted. Only `putReport` writes it, so its shape is not checked. */
export async function readReport(deps: Deps, key: ImportKey, planId: string): Promise<ImportReport | undefined> {
  return (await deps.bucket.get(reportKey(key, planId)))?.json<ImportReport>()
}

const OBJECTS_A_STEP = 500

/**
 * Deletes all objects of an import, except the report of the plan `keepReport`, which the page of a finished import
 * shows.
 */
export async function deleteFiles(deps: Deps, key: ImportKey, keepReport = ''): Promise<void> {
  const keptKey = keepReport && reportKey(key, keepReport)
  while (true) {
    const { objects, truncated } = await deps.bucket.list({ prefix: folder(key), limit: OBJECTS_A_STEP })
    const keys = objects.map((object) => object.key).filter((name) => name !== keptKey)
    if (keys.length > 0) await deps.bucket.delete(keys)
    if (!truncated) return
  }
}
