/** Shows the exact mail of a delivery: headers, HTML, text and attachments from the stored bytes. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { readMail } from '../../commands/stored-mail'
import { findDocumentDelivery } from '../../db/document-sends'
import { findDocument } from '../../db/documents'
import { hideLinkTokens } from '../../domain/hosted-link'
import { atLeast } from '../../domain/role'
import { type ReadMail, readMime } from '../../mail/read-mime'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { mailHtml } from '../ui/mail-frame'
import { page } from '../ui/page'
import { MailPage } from './mail-page'

export const mailRoutes = new Hono<AccountEnv>()

mailRoutes.get(routes.deliveryMail(':id', ':deliveryId'), requireAccount, async (c) => {
  const { delivery, mime } = await theMail(c)
  const mail = await readFor(c, mime)
  const documentId = c.req.param('id')
  const document = await findDocument(c.var.deps.db, c.var.signedIn.accountId, documentId)
  const place = { documentId, deliveryId: delivery.id, pdfSha256: document?.pdfSha256 ?? null }
  return page(c, { title: mail.subject, section: 'documents' }, <MailPage {...place} mail={mail} />)
})

mailRoutes.get(routes.deliveryMailHtml(':id', ':deliveryId'), requireAccount, async (c) => {
  const { mime } = await theMail(c)
  return mailHtml(c, await readFor(c, mime))
})

/** Serves the bytes that were sent. They contain the customer's link, with which a reader can act as the customer. */
mailRoutes.get(routes.deliveryMailFile(':id', ':deliveryId'), requireAccount, requireRole('member'), async (c) => {
  const { delivery, mime } = await theMail(c)
  return c.body(mime as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': 'message/rfc822',
    'Content-Disposition': `attachment; filename="${delivery.id}.eml"`,
  })
})

/** Parses the mail. Hides the customer's links from viewers, who must not be able to change anything. */
async function readFor(c: Context<AccountEnv>, mime: Uint8Array): Promise<ReadMail> {
  const mail = await readMime(mime)
  if (atLeast(c.var.signedIn.role, 'member')) return mail
  return {
    ...mail,
    headers: mail.headers.map(({ name, value }) => ({ name, value: hideLinkTokens(value) })),
    html: hideLinkTokens(mail.html),
    text: hideLinkTokens(mail.text),
  }
}

async function theMail(c: Context<AccountEnv>) {
  const { deps, signedIn } = c.var
  const { accountId } = signedIn
  const id = c.req.param('deliveryId') ?? ''
  const delivery = await findDocumentDelivery(deps.db, accountId, c.req.param('id') ?? '', id)
  // Without a link hash no attempt was made, so there is no mail to show.
  if (!delivery?.linkHash) throw new HTTPException(404)
  const { mime } = await readMail(deps, { accountId, id: delivery.id })
  return { delivery, mime }
}
