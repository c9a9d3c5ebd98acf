import { findAccount } from '../../db/accounts'
import { findCurrentContact } from '../../db/contacts'
import { findDocument, isExternalIdTaken } from '../../db/documents'
import { reserveFiles } from '../../db/files'
import { listLabels } from '../../db/labels'
import { insertUploaded, isNumberUsed } from '../../db/uploaded-documents'
import { dateIn, startOfDate } from '../../domain/calendar'
import type { DocumentContent, DocumentKind } from '../../domain/document'
import type { Metadata } from '../../domain/metadata'
import { pdfRefusal } from '../../domain/pdf-upload'
import { ok, type Result, refuse } from '../../domain/result'
import { searchKey } from '../../domain/search-key'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { draftSnapshot } from './load-snapshot'

export interface UploadedDocument {
  accountId: string
  /** Chosen by the caller, so that a repeated call makes no second document. */
  documentId: string
  actor: string
  kind: DocumentKind
  number: string
  contactId: string
  /** Checked, without lines: its dates, currency, language and references. */
  content: DocumentContent
  /** Minor units. */
  total: number
  /** Of `total`. */
  tax: number
  pdf: Uint8Array
  externalId?: string | null
  metadata?: Metadata
}

export type UploadRefusal =
  | 'not_found'
  | 'contact_not_found'
  | 'number_exists'
  | 'external_id_taken'
  | 'not_stored'
  | 'pdf_too_large'
  | 'pdf_invalid'
  | 'pdf_encrypted'

/**
 * Adds a document that was made elsewhere: final at once, with the number that it has, and its PDF byte for byte. The order is row,
 * object, document, so that the sweep finds what an interrupted upload leaves.
 */
export async function uploadDocument(deps: Deps, input: UploadedDocument): Promise<Result<null, UploadRefusal>> {
  const { accountId, documentId: id, contactId, pdf } = input
  const refused = pdfRefusal(pdf)
  if (refused) return refused
  if (await findDocument(deps.db, accountId, id)) return ok(null)
  const [account, contact, storedLabels] = await Promise.all([
    findAccount(deps.db, accountId),
    findCurrentContact(deps.db, accountId, contactId),
    listLabels(deps.db, accountId),
  ])
  if (!account) return refuse('not_found')
  if (!contact) return refuse('contact_not_found')
  const now = deps.now()
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', pdf as BufferSource)).toHex()
  // The id stands in the key, since two documents may have the same PDF, and one of them be deleted.
  const key = `pdf/${accountId}/${id}-${sha256}.pdf`
  const { kind, content, total, tax, externalId, metadata } = input
  const draft = { kind, test: isTestDocument(id), contact, content, original: undefined }
  const {
    logo: _,
    taxReasons: __,
    ...snapshot
  } = draftSnapshot(draft, account, {
    storedLabels,
    today: dateIn(now, account.settings.timeZone),
  })
  const frozen = {
    ...{ ...snapshot, content, totals: { lineAmounts: [], taxes: [], net: total - tax, tax, total } },
    upload: { key, sha256, bytes: pdf.length },
  }
  if (!(await reserveFiles(deps.db, accountId, [key], now))) return refuse('not_stored')
  await deps.bucket.put(key, pdf, { httpMetadata: { contentType: 'application/pdf' } })
  const columns = {
    ...{ accountId, id, number: input.number, contactId: contact.id, contactName: contact.name },
    ...{ contactKey: searchKey(contact.name), currency: content.currency, total, content, createdBy: input.actor },
    ...{ issueDate: frozen.issueDate, dueDate: frozen.dueDate },
    paidAt: frozen.paid ? (startOfDate(frozen.paid.on, account.settings.timeZone) ?? null) : null,
    ...(externalId !== undefined && { externalId }),
    ...(metadata && { metadata }),
  }
  try {
    await insertUploaded(deps.db, { ...columns, snapshot: frozen }, key, now)
    return ok(null)
  } catch (error) {
    if (isExternalIdTaken(error)) return refuse('external_id_taken')
    if (isNumberUsed(error)) return refuse('number_exists', { number: input.number })
    throw error
  }
}
