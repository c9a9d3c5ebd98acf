import { type BulkRow, listBulkRows } from '../../db/bulk-documents'
import type { BulkRef } from '../../db/bulk-sends'
import { BYTE_ORDER_MARK, type CsvDelimiter, csvLine } from '../../domain/csv'
import type { Deps } from '../deps'

const DOCUMENTS_A_PIECE = 500

export interface ResultSheet {
  header: string[]
  cellsOf: (row: BulkRow) => string[]
  delimiter: CsvDelimiter
}

/** Every document and address of a bulk send as CSV in UTF-8, piece by piece as somebody reads on. */
export function exportBulkResults(deps: Deps, bulk: BulkRef, sheet: ResultSheet): ReadableStream<Uint8Array> {
  const pieces = csvPieces(deps, bulk, sheet)
  const bytes = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(bytes.encode(value))
    },
  })
}

async function* csvPieces(
  deps: Deps,
  bulk: BulkRef,
  { header, cellsOf, delimiter }: ResultSheet,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(header, delimiter)
  let after: string | undefined = ''
  while (after !== undefined) {
    const { rows, next } = await listBulkRows(deps.db, bulk, { after, limit: DOCUMENTS_A_PIECE })
    yield rows.map((row) => csvLine(cellsOf(row), delimiter)).join('')
    after = next
  }
}
