import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { attachFile } from '../../../commands/documents/attach-file'
import { publishAttachment } from '../../../commands/documents/publish-attachment'
import { removeAttachment } from '../../../commands/documents/remove-attachment'
import { findDocument } from '../../../db/documents'
import { formatBytes } from '../../../i18n/format'
import { routes } from '../../../routes'
import type { AccountEnv } from '../../app-env'
import { requireRole } from '../../middleware/session'
import { attachmentResponse } from '../../ui/attachment-response'
import { formId } from '../../ui/form-id'
import { readFile, readForm } from '../../ui/form-state'
import { type FlashKey, flash } from '../../ui/notice'
import { refusalText } from '../../ui/refusal-text'
import { showPage } from './show-routes'

/** Serves, adds and removes the files of one document. */
export const attachmentRoutes = new Hono<AccountEnv>()

const writes = requireRole('member')

attachmentRoutes.get(routes.documentAttachment(':id', ':attachmentId'), async (c) => {
  const { id, attachmentId } = c.req.param()
  const document = await findDocument(c.var.deps.db, c.var.signedIn.accountId, id)
  return attachmentResponse(
    c,
    document?.attachments?.find((attachment) => attachment.id === attachmentId),
  )
})

attachmentRoutes.post(routes.documentAttachments(':id'), writes, async (c) => {
  const { attachmentId, ...values } = await readForm(c)
  const file = await readFile(c, 'file')
  const done = await attachFile(c.var.deps, {
    ...attachmentRef(c, formId(c, 'att', attachmentId)),
    name: file?.name ?? '',
    bytes: file?.bytes ?? new Uint8Array(),
    isPublic: Boolean(values.public),
  })
  if (done.ok) return back(c, 'notice.attached')
  if (done.reason === 'not_found') throw new HTTPException(404)
  const { bytes } = done.details ?? {}
  const size = bytes === undefined ? {} : { size: formatBytes(Number(bytes), c.var.language) }
  const message = refusalText(c.var.t, { ...done, details: { ...done.details, ...size } })
  return showPage(c, { attachmentForm: { values, errors: { file: message } } })
})

attachmentRoutes.post(routes.attachmentPublication(':id', ':attachmentId'), writes, async (c) => {
  const isPublic = Boolean((await readForm(c)).public)
  const done = await publishAttachment(c.var.deps, { ...attachmentRef(c, c.req.param('attachmentId')), isPublic })
  if (!done.ok) throw new HTTPException(404)
  return back(c, isPublic ? 'notice.attachment_shown' : 'notice.attachment_hidden')
})

attachmentRoutes.post(routes.attachmentRemoval(':id', ':attachmentId'), writes, async (c) => {
  const done = await removeAttachment(c.var.deps, attachmentRef(c, c.req.param('attachmentId')))
  if (!done.ok) throw new HTTPException(404)
  return back(c, 'notice.detached')
})

const attachmentRef = (c: Context<AccountEnv>, id: string) => {
  const { accountId, userId: actor } = c.var.signedIn
  return { accountId, actor, documentId: c.req.param('id') ?? '', id }
}

function back(c: Context<AccountEnv>, notice: FlashKey): Response {
  flash(c, notice)
  return c.redirect(`${routes.document(c.req.param('id') ?? '')}#attachments`, 303)
}
