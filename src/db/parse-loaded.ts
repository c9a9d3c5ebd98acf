/** Parses what one mail is made of, row by row: JSON that can't be read ends its own delivery and no other. */
import { chosenOf, type DocumentAttachment } from '../domain/attachment'
import type { AccountSettings } from '../domain/company'
import type { LanguageSettings } from '../domain/languages'
import type { LoadedDelivery } from './loaded-delivery'
import { readJson, type StoredShape, UnreadableColumn } from './read-json'
import { ATTACHMENTS, COMPANY, LOGO, SETTINGS, SNAPSHOT, STRINGS } from './stored-shapes'

/** Columns that hold JSON, or numbers for yes and no. */
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

/** Columns of `loadDispatched`, as they come. */
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

/** A delivery whose mail can't be made, and why (`reason.<code>` says it). */
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

/** The delivery, or why there is no mail to make. */
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

/** An account that has never changed its languages has no list of them. */
const languagesOf = ({ language, languages }: AccountSettings): LanguageSettings =>
  languages ? { language, languages } : { language }

/** The files of the document that the send has chosen; none where it has chosen none. */
function attachmentsOf(list: string | null, chosen: string | null): DocumentAttachment[] {
  if (list === null || chosen === null) return []
  const attachments = read(ATTACHMENTS, list, 'document_unreadable')
  return chosenOf(attachments, read(STRINGS, chosen, 'document_unreadable'))
}
