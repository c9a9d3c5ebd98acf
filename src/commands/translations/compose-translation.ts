import { balanceOf } from '../../domain/balance'
import { dateIn } from '../../domain/calendar'
import type { DocumentKind, DocumentSnapshot } from '../../domain/document'
import { pdfFileName } from '../../domain/document-file-name'
import { sampleSnapshot } from '../../domain/sample-snapshot'
import { isNoticeKind, type MailKind } from '../../domain/translation'
import { languageFor, translator } from '../../i18n'
import { checkTranslation, type TranslationProblem } from '../../mail/check-translation'
import { drawDocument } from '../../pdf/draw-document'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { loadPdf } from '../documents/load-pdf'
import { readLogo, readLogoObject } from '../logo-files'
import { composeDocumentMail } from '../sends/compose-document-mail'
import { type ShownDocument, snapshotToShow } from '../sends/preview-mail'
import { composeNoticeTrial } from './compose-notice-trial'
import type { TextTrial } from './text-trial'

interface TrialOptions {
  id: string
  withPdf: boolean
}

/** `pdfName`: '' when none is attached. */
export type ComposedTrial = { mime: Uint8Array; pdfName: string } | { problems: TranslationProblem[] } | undefined

/**
 * Composes the mail of a text, or returns the problems of the text. The preview and *send me a test* both use it, and
 * it uses the functions that compose real mails. Returns undefined if the account has no such document.
 */
export async function composeTranslation(deps: Deps, trial: TextTrial, options: TrialOptions): Promise<ComposedTrial> {
  const { subject, body, kind } = trial
  const problems = checkTranslation({ subject, body }, kind)
  if (problems.length > 0) return { problems }
  if (!isNoticeKind(kind)) return composeDocumentTrial(deps, { ...trial, kind }, options)
  const notice = await composeNoticeTrial(deps, { ...trial, kind }, options.id)
  return notice && { ...notice, pdfName: '' }
}

type DocumentTrial = TextTrial & { kind: MailKind }

async function composeDocumentTrial(
  deps: Deps,
  trial: DocumentTrial,
  { id, withPdf }: TrialOptions,
): Promise<{ mime: Uint8Array; pdfName: string } | undefined> {
  const { subject, body, kind, company, settings, language, documentId, accountId, accountTexts } = trial
  const shown = documentId === null ? sampleOf(deps, trial) : await snapshotToShow(deps, { ...trial, documentId })
  if (!shown) return undefined
  const { snapshot, balance, provisional } = shown
  const attachesPdf = settings.attachPdf && kind !== 'fresh_link'
  const mime = await composeDocumentMail(deps, {
    ...{
      id,
      to: trial.to,
      mailKind: kind,
      language,
      languages: settings,
      accountTexts: { ...accountTexts, texts: [] },
      subject,
      body,
      snapshot,
      balance,
      company,
      provisional,
    },
    ...{ alsoSentTo: [], token: 'preview', attachesPdf },
    link: deps.config.APP_URL + (documentId === null ? routes.documents : routes.document(documentId)),
    logo: await readLogo(deps, accountId, trial.logo),
    pdf: withPdf && attachesPdf ? await pdfOf(deps, accountId, documentId, snapshot) : undefined,
  })
  return { mime, pdfName: attachesPdf ? pdfFileName(snapshot) : '' }
}

/**
 * Returns the kind of document that a text is for; undefined for repeated mails and fresh links, which are for every
 * kind.
 */
export const documentKindOf = (kind: MailKind): DocumentKind | undefined =>
  kind === 'resend' || kind === 'fresh_link' ? undefined : kind

function sampleOf(deps: Deps, { kind, company, logo, settings, language, accountTexts }: DocumentTrial): ShownDocument {
  const t = translator(languageFor(language))
  const today = dateIn(deps.now(), settings.timeZone)
  const documentKind = documentKindOf(kind) ?? 'invoice'
  const sampleTexts = {
    storedLabels: accountTexts.labels,
    customer: t('translations.sample.customer'),
    item: t('translations.sample.item'),
  }
  const sample = sampleSnapshot({ kind: documentKind, company, settings, language, today, ...sampleTexts })
  const unpaid = { kind: documentKind, total: sample.totals.total, credited: 0, paidAt: null }
  const balance = balanceOf(unpaid, settings.timeZone)
  return { snapshot: { ...sample, ...(logo && { logo }) }, balance, provisional: false }
}

async function pdfOf(
  deps: Deps,
  accountId: string,
  documentId: string | null,
  snapshot: DocumentSnapshot,
): Promise<Uint8Array> {
  const loaded = documentId === null ? undefined : await loadPdf(deps, accountId, documentId)
  return loaded?.bytes ?? (await drawDocument(snapshot, await readLogoObject(deps, accountId, snapshot.logo))).bytes
}
