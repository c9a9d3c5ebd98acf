/** Responds with lists as CSV files, which are sent piece by piece while they are read. */

import type { Context } from 'hono'
import { dateIn } from '../../domain/calendar'
import { BYTE_ORDER_MARK, csvLine } from '../../domain/csv'
import type { AccountEnv } from '../app-env'

export interface CsvList {
  /** First part of the file's name, before its date: 'deliveries'. */
  name: string
  /** Time (epoch ms) whose date is in the file's name; absent = now. */
  at?: number
  header: string[]
  /** Yields the rows of one query at a time, as cells. */
  pieces: AsyncIterator<string[][]>
}

/**
 * Responds with a list as CSV in UTF-8. A cancelled download ends the queries. Columns are separated by
 * semicolons in languages that write decimals with a comma, as their spreadsheets expect.
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

/** Formats a time as spreadsheets read it, in a time zone: « 2026-11-24 14:03:05 »; '' for null. */
export function csvTime(epochMs: number | null, timeZone: string): string {
  if (epochMs === null) return ''
  const parts = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone })
  return parts.format(epochMs)
}
