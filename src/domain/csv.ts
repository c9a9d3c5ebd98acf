/** Reads and writes CSV for spreadsheets. csv-parse reads the records; guarding cells against formulas, and undoing it, is done here. */
import { CsvError, parse } from 'csv-parse/sync'
import { ok, type Result, refuse } from './result'

export const CSV_DELIMITERS = [',', ';', '\t', '|'] as const
export type CsvDelimiter = (typeof CSV_DELIMITERS)[number]

/** Excel reads a file as UTF-8 only where it begins with this. */
export const BYTE_ORDER_MARK = '\ufeff'

/** Characters that make a spreadsheet read a cell as a formula (OWASP, "CSV Injection"), behind any number of apostrophes. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/** Puts an apostrophe before what would begin a formula, so that no spreadsheet computes the cell. */
export const guardCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** Removes the apostrophe that `guardCell` adds. Any other apostrophe is part of the cell. */
export const unguardCell = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text)

/** Returns one line with its CRLF (RFC 4180), guarded against formulas. */
export const csvLine = (cells: readonly string[], delimiter: CsvDelimiter): string =>
  `${cells.map((cell) => quoted(guardCell(cell), delimiter)).join(delimiter)}\r\n`

const quoted = (cell: string, delimiter: CsvDelimiter): string =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

export interface CsvRecord {
  /** Line of the file on which the record begins, from 1. */
  line: number
  cells: string[]
}

/**
 * Reads the records of a file without its blank lines. Quoted cells may hold delimiters, quotes and line breaks (as LF).
 * @param maxRecords how many to read; -1 = all
 */
export function readCsv(
  text: string,
  delimiter: CsvDelimiter,
  maxRecords = -1,
): Result<CsvRecord[], 'csv_quote_open' | 'csv_unreadable'> {
  // One kind of line break, so that lines are counted as editors count them.
  const lines = text.replace(/\r\n?/g, '\n')
  try {
    return ok(parseRecords(lines, delimiter, maxRecords))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED') return refuse('csv_unreadable')
    const last = parseRecords(lines, delimiter, Number(error.records)).at(-1)
    return refuse('csv_quote_open', { line: last ? last.line + breaksIn(last.cells) + 1 : 1 })
  }
}

function parseRecords(text: string, delimiter: CsvDelimiter, maxRecords = -1): CsvRecord[] {
  if (maxRecords === 0) return []
  const options = {
    ...{ delimiter, to: maxRecords, info: true, record_delimiter: '\n', relax_column_count: true, relax_quotes: true },
    ...{ skip_empty_lines: true, skip_records_with_empty_values: true },
  }
  // The types don't know that `info` wraps each record.
  const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[]
  return records.map(({ record, info }) => ({ line: info.lines - breaksIn(record), cells: record }))
}

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0)

/** Returns the delimiter that occurs most in the first line outside quotes; a comma where there is none. */
export function guessDelimiter(text: string): CsvDelimiter {
  const first = /^\s*((?:"(?:[^"]|"")*"|[^"\r\n])*)/.exec(text.slice(0, 20_000))?.[1] ?? ''
  const bare = first.replace(/"(?:[^"]|"")*"/g, '')
  const counts = CSV_DELIMITERS.map((delimiter) => bare.split(delimiter).length)
  return CSV_DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

/** Counts the delimiters of a file, those within quotes too: an upper bound for the cells beyond the first of each record. */
export function countDelimiters(text: string, delimiter: CsvDelimiter): number {
  let count = 0
  for (let at = text.indexOf(delimiter); at !== -1; at = text.indexOf(delimiter, at + 1)) count += 1
  return count
}

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** Decodes a file by its byte order mark, else as UTF-8, else as windows-1252. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } {
  const encoding = guessEncoding(bytes)
  try {
    return {
      text: new TextDecoder(encoding, { fatal: encoding === 'utf-8', ignoreBOM: false }).decode(bytes),
      encoding,
    }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

/** Guesses UTF-16 from the byte order mark; without one, Latin text in UTF-16 has a zero in every other byte. */
function guessEncoding(bytes: Uint8Array): TextEncoding {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && bytes[3] === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && bytes[2] === 0)) return 'utf-16be'
  return 'utf-8'
}
