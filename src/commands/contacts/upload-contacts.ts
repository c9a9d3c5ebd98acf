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
  /** The form's own, so that sending it twice makes one import. */
  id: string
  fileName: string
  bytes: Uint8Array
}

/** Takes a file of contacts in, changes no contact, and guesses what its columns are. */
export async function uploadContacts(deps: Deps, upload: Upload): Promise<Result<{ id: string }, UploadRefusal>> {
  if (upload.bytes.byteLength > MAX_IMPORT_BYTES)
    return refuse('import_too_large', { max: MAX_IMPORT_BYTES / 1024 ** 2 })
  const { text, encoding } = decodeText(upload.bytes)
  const delimiter = guessDelimiter(text)
  if (countDelimiters(text, delimiter) > MAX_IMPORT_CELLS) return refuse('import_too_many_cells')
  // With the head, and one more to know that there are too many.
  const read = readCsv(text, delimiter, MAX_IMPORT_LINES + 2)
  if (!read.ok) return read
  const [head, ...lines] = read.value
  if (!head || lines.length === 0) return refuse('import_empty')
  if (lines.length > MAX_IMPORT_LINES) return refuse('import_too_many_lines', { max: MAX_IMPORT_LINES })
  if (head.cells.length > MAX_IMPORT_COLUMNS) return refuse('import_too_many_columns', { max: MAX_IMPORT_COLUMNS })
  const columns = guessColumns(head.cells)
  const { accountId, actor } = upload
  // Another file chosen in the same form, after going back, is another import.
  const id = `${upload.id}_${(await hashToken(text)).slice(0, 12)}`
  const now = deps.now()
  const row = {
    ...{ accountId, id, encoding, delimiter, createdAt: now, updatedAt: now, createdBy: actor },
    fileName: cleanLine(upload.fileName).slice(0, 200),
    header: head.cells.map((cell) => cleanLine(cell).slice(0, 100)),
    lineCount: lines.length,
    choices: { columns, matchBy: likelyMatch(columns) },
  }
  // The row first: what becomes of a file that has one is known.
  await insertImport(deps.db, { ...row, status: 'uploading' })
  await putFile(deps, { accountId, id }, text)
  await markUploaded(deps.db, { accountId, id }, now)
  return ok({ id })
}
