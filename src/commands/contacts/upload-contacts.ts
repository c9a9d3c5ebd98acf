import { insertImport, markUploaded } from '../../db/contact-imports'
import {
  likelyMatch,
  MAX_IMPORT_BYTES,
  MAX_IMPORT_CELLS,
  MAX_IMPORT_COLUMNS,
  MAX_IMPORT_LINES,
} from '../../domain/contact-import'
import { countDelimiters, decodeText, guessDelimiter, readCsv } from '../../domain/csv'
import { guessColumns } from '../../domain/import-columns'
import { ok, type Result, refuse } from '../../domain/result'
import { cleanLine } from '../../domain/text'
import type { Deps } from '../deps'
import { hashToken } from '../token'
import { putFile } from './import-files'

export type UploadRefusal =
  | 'import_empty'
  | 'import_too_large'
  | 'import_too_many_lines'
  | 'import_too_many_columns'
  | 'import_too_many_cells'
  | 'csv_quote_open'
  | 'csv_unreadable'

export interface Upload {
  accountId: string
  actor: string
  /** Carried by the form, so that a form sent twice makes one import. */
  id: string
  fileName: string
  bytes: Uint8Array
}

/** Stores an uploaded file of contacts and guesses what its columns are. Changes no contact. */
export async function uploadContacts(deps: Deps, upload: Upload): Promise<Result<{ id: string }, UploadRefusal>> {
  if (upload.bytes.byteLength > MAX_IMPORT_BYTES)
    return refuse('import_too_large', { max: MAX_IMPORT_BYTES / 1024 ** 2 })
  const { text, encoding } = decodeText(upload.bytes)
  const delimiter = guessDelimiter(text)
  if (countDelimiters(text, delimiter) > MAX_IMPORT_CELLS) return refuse('import_too_many_cells')
  // Reads two lines more: the header, and one that shows that there are too many.
  const read = readCsv(text, delimiter, MAX_IMPORT_LINES + 2)
  if (!read.ok) return read
  const [header, ...lines] = read.value
  if (!header || lines.length === 0) return refuse('import_empty')
  if (lines.length > MAX_IMPORT_LINES) return refuse('import_too_many_lines', { max: MAX_IMPORT_LINES })
  if (header.cells.length > MAX_IMPORT_COLUMNS) return refuse('import_too_many_columns', { max: MAX_IMPORT_COLUMNS })
  const columns = guessColumns(header.cells)
  const { accountId, actor } = upload
  // Another file chosen in the same form, after going back, is another import.
  const id = `${upload.id}_${(await hashToken(text)).slice(0, 12)}`
  const now = deps.now()
  const row = {
    ...{ accountId, id, encoding, delimiter, createdAt: now, updatedAt: now, createdBy: actor },
    fileName: cleanLine(upload.fileName).slice(0, 200),
    header: header.cells.map((cell) => cleanLine(cell).slice(0, 100)),
    lineCount: lines.length,
    choices: { columns, matchBy: likelyMatch(columns) },
  }
  // The row comes first, so that every stored file has a row by which it is found and deleted.
  await insertImport(deps.db, { ...row, status: 'uploading' })
  await putFile(deps, { accountId, id }, text)
  await markUploaded(deps.db, { accountId, id }, now)
  return ok({ id })
}
