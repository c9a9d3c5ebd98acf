/** Serves pages to customers, who don't sign in: the token in the path authorises the request. */
import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { documentPdf } from '../../commands/documents/document-pdf'
import { changeSubscription, isSubscriptionChoice } from '../../commands/sends/change-subscription'
import { recordView } from '../../commands/sends/record-view'
import { revokeLinks } from '../../commands/sends/revoke-links'
import { type FreshLinkRefusal, sendFreshLink } from '../../commands/sends/send-fresh-link'
import { findSubscription } from '../../db/suppressions'
import { publicOf } from '../../domain/attachment'
import { displayName } from '../../domain/company'
import { pdfFileName } from '../../domain/document-file-name'
import { addressKey } from '../../domain/email-addresses'
import { attachmentDisposition } from '../../domain/file-name'
import { routes } from '../../routes'
import type { AppEnv } from '../app-env'
import { networkOfRequest, requireMailWithinLimit, requireWithinLimit } from '../middleware/rate-limit'
import { requireAccount, requireRole } from '../middleware/session'
import { attachmentResponse } from '../ui/attachment-response'
import { readForm } from '../ui/form-state'
import { logoResponse } from '../ui/logo-response'
import { flash } from '../ui/notice'
import { type PageOptions, page } from '../ui/page'
import { ExpiredPage } from './expired-page'
import { HostedPage } from './hosted-page'
import { isMember, type RequiredLink, requireLink, unsubscriptionLink } from './require-link'
import { SubscriptionPage } from './subscription-page'

export const hostedRoutes = new Hono<AppEnv>()

const guard = createMiddleware<AppEnv>(async (c, next) => {
  c.header('Referrer-Policy', 'no-referrer')
  c.header('X-Robots-Tag', 'noindex, nofollow')
  const network = networkOfRequest(c)
  const act = `${c.req.method === 'HEAD' ? 'GET' : c.req.method} ${c.req.path}`
  // Each guessed token has a different path, so only a limit over all paths stops a network that guesses many.
  await requireWithinLimit(c, 'LINK_LIMIT', `links ${network}`)
  await requireWithinLimit(c, 'RATE_LIMIT', `${act} ${network}`)
  await next()
})
// The pattern matches the page itself too, so a second mount would count each request twice.
hostedRoutes.use(`${routes.hosted(':token')}/*`, guard)

hostedRoutes.get(routes.hosted(':token'), async (c) => {
  const found = await requireLink(c)
  return found.state === 'open' ? hostedPage(c, found) : expiredPage(c, found)
})

hostedRoutes.get(routes.hostedPdf(':token'), async (c) => {
  const found = await requireLink(c)
  if (found.state !== 'open') return expiredPage(c, found)
  const { link } = found
  const { bytes } = await documentPdf(c.var.deps, { ...link, id: link.documentId })
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': attachmentDisposition(pdfFileName(link)),
  })
})

hostedRoutes.get(routes.hostedLogo(':token'), async (c) => {
  const { link, state } = await requireLink(c)
  if (state !== 'open' || !link.snapshot.logo) throw new HTTPException(404)
  return logoResponse(c, link.accountId, link.snapshot.logo)
})

/** Serves public attachments. Responds 404 for those that are only sent with mails. */
hostedRoutes.get(routes.hostedAttachment(':token', ':attachmentId'), async (c) => {
  const found = await requireLink(c)
  if (found.state !== 'open') return expiredPage(c, found)
  const { attachmentId } = c.req.param()
  return attachmentResponse(
    c,
    publicOf(found.link.attachments).find(({ id }) => id === attachmentId),
  )
})

hostedRoutes.post(routes.hostedViews(':token'), async (c) => {
  const { link, state } = await requireLink(c)
  if (state === 'open' && !(await isMember(c, link.accountId))) await recordView(c.var.deps, link, 'viewed')
  return c.body(null, 204)
})

/** Counts a download by POST, so that a scanner that follows links is not counted, and redirects to the file. */
hostedRoutes.post(routes.hostedDownloads(':token'), async (c) => {
  const { token, link, state } = await requireLink(c)
  if (state === 'open' && !(await isMember(c, link.accountId))) await recordView(c.var.deps, link, 'downloaded')
  return c.redirect(state === 'open' ? routes.hostedPdf(token) : routes.hosted(token), 303)
})

hostedRoutes.post(routes.hostedFreshLink(':token'), async (c) => {
  const found = await requireLink(c)
  if (found.state !== 'expired') return c.redirect(routes.hosted(found.token), 303)
  await requireMailWithinLimit(c, 'fresh link', found.link.address)
  const sent = await sendFreshLink(c.var.deps, found.link)
  if (!sent.ok) return expiredPage(c, found, sent.reason)
  flash(c, 'notice.fresh_link_sent')
  return c.redirect(routes.hosted(found.token), 303)
})

hostedRoutes.get(routes.hostedUnsubscription(':token'), async (c) => {
  const { token, link } = await unsubscriptionLink(c)
  const subscription = await findSubscription(c.var.deps.db, link.accountId, addressKey(link.address))
  const title = c.var.t('subscription.title', { company: displayName(link.company) })
  return page(c, { ...CUSTOMER_PAGE, ...brandOf(link), title }, <SubscriptionPage {...{ token, link, subscription }} />)
})

hostedRoutes.post(routes.hostedUnsubscription(':token'), async (c) => {
  const { token, link } = await unsubscriptionLink(c)
  const form = await readForm(c)
  // RFC 8058: the mail program posts this and shows no page.
  if (form['List-Unsubscribe'] === 'One-Click') {
    await changeSubscription(c.var.deps, link, 'none')
    return c.text(c.var.t('subscription.none', { company: displayName(link.company) }))
  }
  const { wish = '' } = form
  if (!isSubscriptionChoice(wish)) throw new HTTPException(400)
  await changeSubscription(c.var.deps, link, wish)
  return c.redirect(routes.hostedUnsubscription(token), 303)
})

/** Revokes the links of a document, for the merchant. */
hostedRoutes.post(routes.documentLinks(':id'), requireAccount, requireRole('member'), async (c) => {
  const { accountId, userId } = c.var.signedIn
  const documentId = c.req.param('id')
  const revoked = await revokeLinks(c.var.deps, { accountId, userId, documentId })
  if (!revoked.ok) throw new HTTPException(404)
  flash(c, 'notice.links_revoked')
  return c.redirect(routes.document(documentId), 303)
})

const CUSTOMER_PAGE: Pick<PageOptions, 'plain' | 'width'> = { plain: true, width: 'wide' }

const brandOf = (link: RequiredLink['link']) => ({ brand: displayName(link.company) })

function hostedPage(c: Context<AppEnv>, { token, link }: RequiredLink) {
  const title = `${c.var.t(`document.kind.${link.kind}`)} ${link.number}`
  const options: PageOptions = {
    ...CUSTOMER_PAGE,
    ...brandOf(link),
    title,
    width: 'full',
    scripts: ['hosted.js', 'copy.js'],
  }
  return page(c, options, <HostedPage {...{ token, link, title }} now={c.var.deps.now()} />)
}

function expiredPage(c: Context<AppEnv>, { token, link }: RequiredLink, refusal?: FreshLinkRefusal) {
  const options: PageOptions = {
    ...CUSTOMER_PAGE,
    ...brandOf(link),
    title: c.var.t('hosted.expired.title'),
    status: 410,
  }
  return page(c, options, <ExpiredPage {...{ token, link, refusal }} />)
}
