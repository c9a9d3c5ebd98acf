/** Serves what hangs on a document: payments, its voiding, files, the PDF and History. */
import { Hono } from 'hono'
import { attachFile } from '../../commands/documents/attach-file'
import { loadPdf } from '../../commands/documents/load-pdf'
import { markPaid } from '../../commands/documents/mark-paid'
import { removeAttachment } from '../../commands/documents/remove-attachment'
import { voidDocument } from '../../commands/documents/void-document'
import { amountDue } from '../../domain/document-state'
import { toMinor } from '../../domain/money'
import { refuse } from '../../domain/result'
import { documentPrefix } from '../../domain/test-mode'
import { routes } from '../../routes'
import type { ApiContext, ApiEnv } from '../api-env'
import { listReply } from '../list-reply'
import { idFor } from '../middleware/idempotent'
import { fieldProblem, invalid, refusalProblem, unwrap } from '../refusal'
import { serve } from '../serve'
import { uploadOf } from '../upload'
import { attachmentJson } from './document-json'
import * as operations from './document-operations'
import { loadHistory } from './history'
import { requireCreditable, theDocument } from './read-document'
import { showDocument, todayOf } from './show-document'

export const documentPartRoutes = new Hono<ApiEnv>()

serve(documentPartRoutes, operations.createPayment, async (c, { params: { id }, body }) => {
  const document = await theDocument(c, id)
  const { amount, date = todayOf(c).today } = body
  if (amount !== undefined && document.paidAt === null && toMinor(amount, document.currency) !== amountDue(document))
    throw invalid([
      { pointer: '/amount', code: 'payment_partial', detail: 'Only a payment of all that is due can be recorded.' },
    ])
  const done = await markPaid(c.var.deps, { ...refOf(c, id), paidOn: date })
  if (!done.ok && done.reason === 'date_invalid') throw fieldProblem('/date', done)
  unwrap(done)
  return showDocument(c, id)
})

serve(documentPartRoutes, operations.voidDocument, async (c, { params: { id } }) => {
  const { deps, key } = c.var
  requireCreditable(await theDocument(c, id))
  const creditId = idFor(c, documentPrefix(key.test))
  unwrap(await voidDocument(deps, { ...refOf(c, id), creditId }))
  c.header('Location', routes.api + routes.apiDocument(creditId))
  return showDocument(c, creditId)
})

serve(documentPartRoutes, operations.createAttachment, async (c, { params: { id }, query }) => {
  await theDocument(c, id)
  const file = await uploadOf(c, 'file', query.name)
  const isPublic = query.public === 'true'
  const done = await attachFile(c.var.deps, { ...refOf(c, id), id: idFor(c, 'att'), ...file, isPublic })
  if (!done.ok && (done.reason === 'file_missing' || done.reason === 'file_type')) throw fieldProblem('/file', done)
  return attachmentJson(unwrap(done))
})

serve(documentPartRoutes, operations.deleteAttachment, async (c, { params: { id, attachmentId } }) => {
  const { attachments } = await theDocument(c, id)
  if (!attachments?.some((one) => one.id === attachmentId)) throw refusalProblem(refuse('not_found'))
  unwrap(await removeAttachment(c.var.deps, { ...refOf(c, id), id: attachmentId }))
  return null
})

serve(documentPartRoutes, operations.getDocumentPdf, async (c, { params: { id } }) => {
  await theDocument(c, id)
  const pdf = await loadPdf(c.var.deps, c.var.key.accountId, id)
  if (!pdf) throw refusalProblem(refuse('not_found'))
  const disposition = `attachment; filename="${pdf.fileName}"`
  return c.body(pdf.bytes as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': disposition,
  })
})

serve(documentPartRoutes, operations.listDocumentHistory, async (c, { params: { id }, query: { limit, cursor } }) => {
  const entries = await loadHistory(c.var.deps, await theDocument(c, id))
  const start = entries.findIndex((entry) => entry.id === cursor) + 1
  const shown = entries.slice(start, start + limit)
  return listReply(c, shown, entries.length > start + limit ? shown.at(-1)?.id : undefined)
})

const refOf = (c: ApiContext, documentId: string) => ({
  ...{ accountId: c.var.key.accountId, actor: c.var.key.id, documentId },
})
