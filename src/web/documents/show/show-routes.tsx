import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { deleteDraft } from '../../../commands/documents/delete-draft'
import { duplicateDocument } from '../../../commands/documents/duplicate-document'
import { finaliseDocument } from '../../../commands/documents/finalise-document'
import { loadPdf } from '../../../commands/documents/load-pdf'
import { loadSnapshot } from '../../../commands/documents/load-snapshot'
import { markPaid } from '../../../commands/documents/mark-paid'
import { markUnpaid } from '../../../commands/documents/mark-unpaid'
import type { FinaliseRefusal } from '../../../commands/documents/prepare-finalise'
import { voidDocument } from '../../../commands/documents/void-document'
import { findListedEventOf } from '../../../db/stripe'
import { attachmentDisposition } from '../../../domain/file-name'
import { documentPrefix, isTestDocument } from '../../../domain/test-mode'
import { formatDate } from '../../../i18n/format'
import { routes } from '../../../routes'
import type { AccountEnv } from '../../app-env'
import { requireRole } from '../../middleware/session'
import { formId } from '../../ui/form-id'
import { emptyForm, type FormState, readForm } from '../../ui/form-state'
import { DRAFT_TITLES } from '../../ui/new-document'
import { type FlashKey, flash } from '../../ui/notice'
import { page } from '../../ui/page'
import { refusalText } from '../../ui/refusal-text'
import { requireDocument } from '../../ui/require-document'
import { loadActivity } from './activity'
import { DeletionPage } from './deletion-page'
import { DocumentShowPage } from './show-page'

/** Serves the page of one document, and its actions. */
export const documentShowRoutes = new Hono<AccountEnv>()

const writes = requireRole('member')

documentShowRoutes.get(routes.document(':id'), (c) => showPage(c))

documentShowRoutes.get(routes.documentPdf(':id'), async (c) => {
  const pdf = await loadPdf(c.var.deps, c.var.signedIn.accountId, idOf(c))
  if (!pdf) throw new HTTPException(404)
  return c.body(pdf.bytes as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': attachmentDisposition(pdf.fileName),
    'Cache-Control': 'private, no-store',
  })
})

documentShowRoutes.post(routes.documentFinalisation(':id'), writes, async (c) => {
  const { version = '' } = await readForm(c)
  const done = await finaliseDocument(c.var.deps, { ...documentRef(c), version: Number(version) || 0 })
  if (done.ok) return back(c, 'notice.finalised')
  if (done.reason === 'not_found') throw new HTTPException(404)
  return done.reason === 'already_final' ? back(c, 'notice.already_final') : showPage(c, { refusal: done })
})

documentShowRoutes.post(routes.documentPayment(':id'), writes, async (c) => {
  const { paidOn = '' } = await readForm(c)
  const done = await markPaid(c.var.deps, { ...documentRef(c), paidOn })
  if (done.ok) return back(c, 'notice.marked_paid')
  if (done.reason === 'not_found') throw new HTTPException(404)
  if (done.reason === 'not_final' || done.reason === 'nothing_due') return back(c, PAYMENT_NOTICES[done.reason])
  const { language, t } = c.var
  const { issued } = done.details ?? {}
  const details = issued && { issued: formatDate(String(issued), language) }
  const errors = { paidOn: refusalText(t, { ...done, ...(details && { details }) }) }
  return showPage(c, { paymentForm: { values: { paidOn }, errors } })
})

documentShowRoutes.post(routes.documentPaymentReversal(':id'), writes, async (c) => {
  const done = await markUnpaid(c.var.deps, documentRef(c))
  if (!done.ok) throw new HTTPException(404)
  return back(c, 'notice.marked_unpaid')
})

documentShowRoutes.post(routes.documentCopy(':id'), writes, async (c) => {
  const { copyId = '' } = await readForm(c)
  const newId = copyIdOf(c, copyId)
  const done = await duplicateDocument(c.var.deps, { ...documentRef(c), copyId: newId })
  if (!done.ok && done.reason === 'made_elsewhere') return back(c, 'problem.made_elsewhere')
  if (!done.ok) throw new HTTPException(404)
  flash(c, 'notice.duplicated')
  return c.redirect(routes.documentEdit(newId), 303)
})

documentShowRoutes.post(routes.documentCreditNotes(':id'), writes, async (c) => {
  const { creditId = '' } = await readForm(c)
  const newId = copyIdOf(c, creditId)
  const done = await voidDocument(c.var.deps, { ...documentRef(c), creditId: newId })
  if (!done.ok && done.reason === 'not_found') throw new HTTPException(404)
  if (!done.ok) return back(c, 'problem.nothing_left')
  flash(c, done.value.isFinal ? 'notice.voided' : 'problem.void_incomplete')
  return c.redirect(routes.document(newId), 303)
})

documentShowRoutes.get(routes.documentDeletion(':id'), writes, async (c) => {
  const document = await requireDocument(c)
  if (document.status === 'final') return c.redirect(routes.document(document.id), 303)
  const options = { title: c.var.t('documents.delete.title'), section: 'documents', narrow: true } as const
  return page(c, options, <DeletionPage document={document} />)
})

documentShowRoutes.post(routes.documentDeletion(':id'), writes, async (c) => {
  const done = await deleteDraft(c.var.deps, documentRef(c))
  if (!done.ok && done.reason === 'not_found') throw new HTTPException(404)
  if (!done.ok) return back(c, 'notice.already_final')
  flash(c, 'notice.draft_deleted')
  return c.redirect(routes.documents, 303)
})

interface ShowOptions {
  /** Reason why it could not be finalised. */
  refusal?: FinaliseRefusal
  /** Values and errors of the form that attaches a file, if one was refused. */
  attachmentForm?: FormState
  /** Values and errors of the form that marks it as paid, if the date was refused. */
  paymentForm?: FormState
}

/** Responds with the page of a document; throws 404 where the account has none with this id. */
export async function showPage(
  c: Context<AccountEnv>,
  { refusal, attachmentForm, paymentForm }: ShowOptions = {},
): Promise<Response> {
  const { deps, signedIn, t } = c.var
  const loaded = await loadSnapshot(deps, signedIn.accountId, idOf(c))
  if (!loaded) throw new HTTPException(404)
  const activity = await loadActivity(deps, signedIn.accountId, loaded.document)
  const { status: state, createdBy } = loaded.document
  // Only drafts without an author can come from a Stripe event.
  const isMade = state === 'draft' && createdBy === ''
  const heldBack = isMade ? await findListedEventOf(deps.db, signedIn.accountId, idOf(c)) : undefined
  const { number, kind } = loaded.document
  const title = number ? `${t(`document.kind.${kind}`)} ${number}` : t(DRAFT_TITLES[kind])
  const status = refusal?.reason === 'stale' ? 409 : (refusal ?? attachmentForm ?? paymentForm) ? 422 : 200
  return page(
    c,
    { title, section: 'documents', status },
    <DocumentShowPage
      loaded={loaded}
      activity={activity}
      heldBack={heldBack}
      refusal={refusal}
      copyId={newCopyId(c)}
      creditId={newCopyId(c)}
      attachmentForm={attachmentForm ?? emptyForm}
      paymentForm={paymentForm ?? emptyForm}
      attachmentId={deps.newId('att')}
    />,
  )
}

const PAYMENT_NOTICES = { not_final: 'notice.not_final', nothing_due: 'problem.nothing_due' } as const

/** Returns an id for a copy or credit note, which is a test document if this one is. */
const newCopyId = (c: Context<AccountEnv>): string => c.var.deps.newId(documentPrefix(isTestDocument(idOf(c))))

const copyIdOf = (c: Context<AccountEnv>, typed: string): string =>
  formId(c, documentPrefix(isTestDocument(idOf(c))), typed)

const idOf = (c: Context<AccountEnv>): string => c.req.param('id') ?? ''

const documentRef = (c: Context<AccountEnv>) => ({
  accountId: c.var.signedIn.accountId,
  actor: c.var.signedIn.userId,
  documentId: idOf(c),
})

function back(c: Context<AccountEnv>, notice: FlashKey): Response {
  flash(c, notice)
  return c.redirect(routes.document(idOf(c)), 303)
}
