import type { DocumentAttachment } from '../../domain/attachment'
import { type Balance, balanceOf } from '../../domain/balance'
import type { DocumentSnapshot } from '../../domain/document'
import { pdfFileName } from '../../domain/document-file-name'
import type { Logo } from '../../domain/logo'
import { checkTranslation, type TranslationProblem } from '../../mail/check-translation'
import { type ReadMail, readMime } from '../../mail/read-mime'
import type { Deps } from '../deps'
import { loadSnapshot } from '../documents/load-snapshot'
import { prepareFinalise } from '../documents/prepare-finalise'
import { readLogo } from '../logo-files'
import { composeDocumentMail, type MailText } from './compose-document-mail'

/** `to` is the recipient whose mail is shown; empty = none chosen yet. */
export interface PreviewInput extends MailText {
  accountId: string
  userId: string
  documentId: string
  logo: Logo | null
  attachPdf: boolean
  /** The document's files that the mail attaches; only their names are shown. */
  files: readonly DocumentAttachment[]
}

export interface MailPreview {
  mail: ReadMail
  /** Empty when none is attached. */
  pdfName: string
  /** The document's files. */
  files: readonly Pick<DocumentAttachment, 'name' | 'mailBytes'>[]
}

/**
 * Returns the mail as it would be sent now, made by the same function as a sent one, or the problems of its text. A draft shows the
 * number that it would get, marked as provisional. Writes nothing. Returns undefined when the account has no such document.
 */
export async function previewMail(
  deps: Deps,
  input: PreviewInput,
): Promise<MailPreview | { problems: TranslationProblem[] } | undefined> {
  const { subject, body, attachPdf } = input
  const shown = await snapshotToShow(deps, input)
  if (!shown) return undefined
  const problems = checkTranslation({ subject: subject ?? '–', body: body ?? '–' }, input.mailKind)
  if (problems.length > 0) return { problems }
  const mime = await composeDocumentMail(deps, {
    ...input,
    ...shown,
    id: 'preview',
    token: 'preview',
    attachesPdf: attachPdf,
    logo: await readLogo(deps, input.accountId, input.logo),
  })
  return { mail: await readMime(mime), pdfName: attachPdf ? pdfFileName(shown.snapshot) : '', files: input.files }
}

export interface ShownDocument {
  snapshot: DocumentSnapshot
  balance: Balance
  provisional: boolean
}

/** Returns a document as a mail would show it now; a draft has the number that it would get. Undefined if not found. */
export async function snapshotToShow(
  deps: Deps,
  { accountId, userId, documentId }: Pick<PreviewInput, 'accountId' | 'userId' | 'documentId'>,
): Promise<ShownDocument | undefined> {
  const loaded = await loadSnapshot(deps, accountId, documentId)
  if (!loaded) return undefined
  const { document, snapshot, settings } = loaded
  const { kind, credited, paidAt } = document
  const balance = balanceOf({ kind, total: snapshot.totals.total, credited, paidAt }, settings.timeZone)
  if (document.status === 'final') return { snapshot, balance, provisional: false }
  const expected = await prepareFinalise(deps, { accountId, documentId, version: document.version, actor: userId })
  const shown = expected.ok ? { ...snapshot, number: expected.value.expectedNumber } : snapshot
  return { snapshot: shown, balance, provisional: true }
}
