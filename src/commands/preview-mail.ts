import type { Company } from '../domain/company'
import { pdfFileName } from '../domain/document-file-name'
import { checkTranslation, type TranslationProblem } from '../mail/check-translation'
import { type ReadMail, readMime } from '../mail/read-mime'
import { builtInTranslation } from '../mail/translation'
import { composeDocumentMail } from './compose-document-mail'
import type { Deps } from './deps'
import { loadPaper } from './load-paper'
import { prepareFinalise } from './prepare-finalise'

export interface PreviewInput {
  accountId: string
  userId: string
  documentId: string
  company: Company
  /** The recipient whose mail is shown; empty = nobody chosen yet. */
  to: string
  alsoSentTo: string[]
  language: string
  /** null = the translation's. */
  subject: string | null
  body: string | null
  attachPdf: boolean
}

export interface MailPreview {
  mail: ReadMail
  /** Empty when none is attached. */
  pdfName: string
}

/**
 * The mail as it would be sent now, made by the same function as the one that is sent, or what is wrong with its text. On a draft its
 * number is the one it would get, marked as provisional. Nothing is written; undefined when the account has no such document.
 */
export async function previewMail(
  deps: Deps,
  input: PreviewInput,
): Promise<MailPreview | { problems: TranslationProblem[] } | undefined> {
  const { accountId, userId, documentId, language, subject, body, attachPdf } = input
  const loaded = await loadPaper(deps, accountId, documentId)
  if (!loaded) return undefined
  const { document } = loaded
  const own = builtInTranslation(document.kind, language)
  const problems = checkTranslation({ subject: subject ?? own.subject, body: body ?? own.body })
  if (problems.length > 0) return { problems }
  const provisional = document.status === 'draft'
  const at = { accountId, documentId, version: document.version, actor: userId }
  const expected = provisional ? await prepareFinalise(deps, at) : undefined
  const paper = expected?.ok ? { ...loaded.paper, number: expected.value.expectedNumber } : loaded.paper
  const mime = await composeDocumentMail(deps, {
    ...input,
    id: 'preview',
    paper,
    token: 'preview',
    provisional,
    attachesPdf: attachPdf,
  })
  return { mail: await readMime(mime), pdfName: attachPdf ? pdfFileName(paper) : '' }
}
