/** Lists as files for spreadsheets, sent piece by piece while they are read. */

import type { Context } from 'hono'
import { dateIn } from '../../domain/calendar'
import { BYTE_ORDER_MARK, csvLine } from '../../domain/csv'
import type { AccountEnv } from '../app-env'

export interface CsvList {
  /** Of the file, before its date: 'deliveries'. */
  name: string
  /** The moment whose date the file bears, epoch ms; absent = now. */
  at?: number
  header: string[]
  /** Rows of cells, a query's worth at a time. */
  pieces: AsyncIterator<string[][]>
}

/**
 * Sends a list as CSV in UTF-8, piece by piece while it is read; a reader who leaves ends the queries. Columns are parted by semicolons
 * where decimals are written with a comma, as spreadsheets of those languages expect.
 */
export function csvResponse(c: Context<AccountEnv>, { name, at, header, pieces }: CsvList): Response {
  const { deps, signedIn, language } = c.var
  const delimiter = language === 'en' ? ',' : ';'
  const linesOf = (rows: string[][]) => rows.map((cells) => csvLine(cells, delimiter)).join('')
  const bytes = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.encode(BYTE_ORDER_MARK + linesOf([header]))),
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(bytes.encode(linesOf(value)))
    },
    cancel: () => void pieces.return?.(),
  })
  const fileName = `${name}-${dateIn(at ?? deps.now(), signedIn.settings.timeZone)}.csv`
  return c.body(body, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'private, no-store',
  })
}

/** A moment as spreadsheets read it, by the wall clock of a zone: « 2026-11-24 14:03 ». */
export function csvTime(epochMs: number | null, timeZone: string): string {
  if (epochMs === null) return ''
  const parts = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone })
  return parts.format(epochMs)
}
