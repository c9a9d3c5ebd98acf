import { findImport, type ImportKey, markChecked } from '../../db/contact-imports'
import { findMatches } from '../../db/import-matches'
import {
  type ImportChoices,
  type ImportMatch,
  type ImportPlan,
  type ImportProblem,
  problem,
} from '../../domain/contact-import'
import { type CsvDelimiter, readCsv } from '../../domain/csv'
import { readCells } from '../../domain/import-cells'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { type CheckedLine, checkImportLine } from './check-import-line'
import { type ImportLine, type ImportReport, putPiece, putReport, readFile } from './import-files'

/** Lines in one piece: few enough for a quick transaction, and for the size that D1 takes as one value. */
export const LINES_A_PIECE = 100
const EXAMPLES = 5
/** Limits the report; the first problems show how to correct the file. */
const MAX_PROBLEMS = 5000
const PUTS_AT_ONCE = 4

/** Checks every line with these choices and changes no contact. Each check writes its result under a new plan id. */
export async function checkImport(
  deps: Deps,
  key: ImportKey,
  choices: ImportChoices,
): Promise<Result<null, 'not_found' | 'import_name_unmatched'>> {
  if (!choices.columns.includes('name')) return refuse('import_name_unmatched')
  const [stored, text] = await Promise.all([findImport(deps.db, key), readFile(deps, key)])
  if (!stored || text === undefined) return refuse('not_found')
  const read = readCsv(text, stored.delimiter as CsvDelimiter)
  if (!read.ok) throw new Error('a file that could be parsed before can’t be parsed any more')
  const lines = read.value.slice(1).map(({ line, cells }): RawLine => {
    const extra = cells.slice(stored.header.length).some((cell) => cell.trim() !== '')
    return { line, id: deps.newId('con'), cells: readCells(cells, choices.columns), extra }
  })
  const checked = await checkAll(deps, key.accountId, lines, choices)
  return (await storePlan(deps, key, choices, checked)) ? ok(null) : refuse('not_found')
}

interface RawLine extends ImportLine {
  /** Has more cells than there are columns. */
  extra: boolean
}

async function checkAll(
  deps: Deps,
  accountId: string,
  lines: RawLine[],
  choices: ImportChoices,
): Promise<CheckedLine[]> {
  const { matchBy } = choices
  const unmatched = lines.map((line) => checkImportLine(line, matchBy, undefined))
  const keys = unmatched.flatMap(({ keys }) => keys)
  const matches = await findMatches(deps.db, accountId, matchBy, [...new Set(keys)])
  const seen = new Map<string, number>()
  return lines.map((line, index) => {
    if (line.extra) return wrong(line, [problem(line.line, '', refuse('import_extra_cells'))])
    const first = unmatched[index]?.keys.find((key) => seen.has(key))
    if (first !== undefined) return repeated(line, matchBy, seen.get(first))
    for (const key of unmatched[index]?.keys ?? []) seen.set(key, line.line)
    const checked = checkImportLine(line, matchBy, matches)
    if (checked.act !== 'update' && checked.act !== 'same') return checked
    const { id } = checked.current
    if (seen.has(id)) return repeated(line, matchBy, seen.get(id))
    seen.set(id, line.line)
    return checked
  })
}

/** Refuses the second of two lines about one contact, since neither takes precedence. */
const repeated = (line: ImportLine, by: ImportMatch, first = 0): CheckedLine =>
  wrong(line, [problem(line.line, by === 'none' ? '' : by, refuse('import_repeated', { first }))])

const wrong = (line: ImportLine, problems: ImportProblem[]): CheckedLine => ({ line, keys: [], act: 'wrong', problems })

/** Stores the pieces, the report and the plan. Lines that change nothing go into no piece. */
async function storePlan(deps: Deps, key: ImportKey, choices: ImportChoices, checked: CheckedLine[]): Promise<boolean> {
  const planId = deps.newId('imp')
  const count = (act: CheckedLine['act']) => checked.filter((line) => line.act === act).length
  const plan: ImportPlan = {
    id: planId,
    ...{ create: count('create'), update: count('update'), same: count('same'), wrong: count('wrong') },
  }
  const todo = checked.filter(({ act }) => act === 'create' || act === 'update').map(({ line }) => line)
  const pieces = piecesOf(todo)
  for (let start = 0; start < pieces.length; start += PUTS_AT_ONCE)
    await Promise.all(
      pieces.slice(start, start + PUTS_AT_ONCE).map((lines, n) => putPiece(deps, key, planId, start + n, lines)),
    )
  await putReport(deps, key, planId, reportOf(checked))
  return markChecked(deps.db, key, { choices, plan, pieces: pieces.length }, deps.now())
}

function piecesOf(lines: ImportLine[]): ImportLine[][] {
  const pieces: ImportLine[][] = []
  for (let start = 0; start < lines.length; start += LINES_A_PIECE)
    pieces.push(lines.slice(start, start + LINES_A_PIECE).map(({ line, id, cells }) => ({ line, id, cells })))
  return pieces
}

function reportOf(checked: CheckedLine[]): ImportReport {
  const examples = checked.flatMap((item) => {
    if (item.act === 'wrong') return []
    const { name, emails, address } = item.contact
    return [{ line: item.line.line, act: item.act, name, emails, town: address.town, country: address.country }]
  })
  const problems = checked.flatMap((item) => (item.act === 'wrong' ? item.problems : []))
  return { examples: examples.slice(0, EXAMPLES), problems: problems.slice(0, MAX_PROBLEMS) }
}
