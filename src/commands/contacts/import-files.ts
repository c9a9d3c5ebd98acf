/** What lies in R2 of an import: the file as text, and what each check made of it. */
import * as v from 'valibot'
import type { ImportKey } from '../../db/contact-imports'
import type { ImportProblem } from '../../domain/contact-import'
import type { ImportCells } from '../../domain/import-cells'
import type { Deps } from '../deps'

/** A good line that waits for its turn. */
export interface ImportLine {
  line: number
  /** Of the contact, should it be a new one: the same however often the line is tried. */
  id: string
  cells: ImportCells
}

/** What the page shows of a check. */
export interface ImportReport {
  /** The first good lines, as they will be. */
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

/** Undefined once it has been cleared away. Written by us, so its shape is known. */
export async function readReport(deps: Deps, key: ImportKey, planId: string): Promise<ImportReport | undefined> {
  return (await deps.bucket.get(reportKey(key, planId)))?.json<ImportReport>()
}

const OBJECTS_A_STEP = 500

/** All that lies there; with `keepReport` what the page of a finished import still shows stays. */
export async function deleteFiles(deps: Deps, key: ImportKey, keepReport = ''): Promise<void> {
  const kept = keepReport && reportKey(key, keepReport)
  while (true) {
    const { objects, truncated } = await deps.bucket.list({ prefix: folder(key), limit: OBJECTS_A_STEP })
    const gone = objects.map((object) => object.key).filter((name) => name !== kept)
    if (gone.length > 0) await deps.bucket.delete(gone)
    if (!truncated) return
  }
}
