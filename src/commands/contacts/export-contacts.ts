import { listContactsAfter } from '../../db/contacts'
import { CONTACT_FIELDS, typeContact } from '../../domain/contact'
import { BYTE_ORDER_MARK, type CsvDelimiter, csvLine } from '../../domain/csv'
import type { Deps } from '../deps'

const CONTACTS_A_PIECE = 500

export interface ExportContacts {
  accountId: string
  archived: boolean
  /** What the columns are called, in the order of `CONTACT_FIELDS`. */
  header: string[]
  delimiter: CsvDelimiter
}

/** Contacts as CSV in UTF-8, oldest first, piece by piece as somebody reads on. An import takes it back as it is. */
export function exportContacts(deps: Deps, input: ExportContacts): ReadableStream<Uint8Array> {
  const pieces = csvPieces(deps, input)
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
  { accountId, archived, header, delimiter }: ExportContacts,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(header, delimiter)
  let after = ''
  while (true) {
    const piece = await listContactsAfter(deps.db, accountId, { after, archived, limit: CONTACTS_A_PIECE })
    const last = piece.at(-1)
    if (!last) return
    yield piece.map((contact) => csvLine(cellsOf(contact), delimiter)).join('')
    if (piece.length < CONTACTS_A_PIECE) return
    after = last.id
  }
}

function cellsOf(contact: Parameters<typeof typeContact>[0]): string[] {
  const typed = typeContact(contact)
  return CONTACT_FIELDS.map((field) => typed[field])
}
