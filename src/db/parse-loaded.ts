/** Parses the loaded columns row by row, so that unreadable JSON fails its own delivery and no other. */
import { chosenOf, type DocumentAttachment } from '../domain/attachment'
import type { AccountSettings } from '../domain/company'
import type { LanguageSettings } from '../domain/languages'
import type { LoadedDelivery } from './loaded-delivery'
import { readJson, type StoredShape, UnreadableColumn } from './read-json'
import { ATTACHMENTS, COMPANY, LOGO, SETTINGS, SNAPSHOT, STRINGS } from './stored-shapes'

/** Columns that hold JSON, or booleans as numbers. */
type Raw =
  | 'attachPdf'
  | 'closing'
  | 'resting'
  | 'timeZone'
  | 'attachments'
  | 'snapshot'
  | 'company'
  | 'languages'
  | 'logo'
  | 'alsoSentTo'

/** Columns of `loadDispatched` before they are parsed. */
export interface LoadedRow extends Omit<LoadedDelivery, Raw> {
  hasSend: number
  hasDocument: number
  attachPdf: number
  closing: number
  resting: number
  attachments: string | null
  chosen: string | null
  snapshot: string | null
  company: string | null
  settings: string | null
  logo: string | null
  alsoSentTo: string
}

/** A delivery whose mail can't be made. `reason.<code>` in the locales is the sentence. */
export interface BrokenDelivery {
  id: string
  accountId: string
  documentId: string
  reason: BrokenReason
}
export type BrokenReason = 'send_missing' | 'document_missing' | 'document_unreadable' | 'settings_unreadable'

class Unreadable extends Error {
  readonly reason: BrokenReason

  constructor(reason: BrokenReason) {
    super(reason)
    this.reason = reason
  }
}

/** Parses a row. Returns the reason instead when its mail can't be made. */
export function parseLoaded(row: LoadedRow): LoadedDelivery | BrokenDelivery {
  try {
    return parse(row)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { id, accountId, documentId } = row
    return { id, accountId, documentId, reason: error.reason }
  }
}

function parse(row: LoadedRow): LoadedDelivery {
  if (row.hasDocument !== 1) throw new Unreadable('document_missing')
  if (row.hasSend !== 1) throw new Unreadable('send_missing')
  const { hasDocument: _, hasSend: __, chosen, settings, ...columns } = row
  const account = read(SETTINGS, settings, 'settings_unreadable')
  return {
    ...columns,
    attachPdf: row.attachPdf === 1,
    closing: row.closing === 1,
    resting: row.resting === 1,
    attachments: attachmentsOf(row.attachments, chosen),
    snapshot: read(SNAPSHOT, row.snapshot, 'document_unreadable'),
    company: read(COMPANY, row.company, 'settings_unreadable'),
    timeZone: account.timeZone,
    languages: languagesOf(account),
    logo: row.logo === null ? null : read(LOGO, row.logo, 'settings_unreadable'),
    alsoSentTo: read(STRINGS, row.alsoSentTo, 'document_unreadable'),
  }
}

function read<T>(shape: StoredShape<T>, column: string | null, reason: BrokenReason): T {
  try {
    return readJson(shape, column)
  } catch (error) {
    throw error instanceof UnreadableColumn ? new Unreadable(reason) : error
  }
}

/** Returns an account's languages. One that has never changed them has no list. */
const languagesOf = ({ language, languages }: AccountSettings): LanguageSettings =>
  languages ? { language, languages } : { language }

/** Returns the document's files that the send includes. */
function attachmentsOf(list: string | null, chosen: string | null): DocumentAttachment[] {
  if (list === null || chosen === null) return []
  const attachments = read(ATTACHMENTS, list, 'document_unreadable')
  return chosenOf(attachments, read(STRINGS, chosen, 'document_unreadable'))
}
