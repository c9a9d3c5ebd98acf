/** Serves bulk sends: creation from a list of documents, pre-flight, confirmation, progress, undo and repeat. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { confirmBulkSend } from '../../commands/bulk-sends/confirm-bulk-send'
import { continueBulkSend } from '../../commands/bulk-sends/continue-bulk-send'
import { createBulkSend } from '../../commands/bulk-sends/create-bulk-send'
import { undoBulkSend } from '../../commands/bulk-sends/undo-bulk-send'
import { listBulkSends } from '../../db/bulk-sends'
import { listActorNames } from '../../db/document-sends'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { formId } from '../ui/form-id'
import { readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { fragment, isHtmx, page } from '../ui/page'
import { bulkDocumentRoutes } from './document-routes'
import { BulkListPage } from './list-page'
import { BulkLive, BulkSteps, BulkUpdate } from './live'
import { readSelection } from './new-bulk-send'
import { bulkView, leftOutOf, requireBulkSend, seenOf } from './require-bulk-send'
import { BulkPage } from './show-page'

export const bulkSendRoutes = new Hono<AccountEnv>()
  .use(routes.bulkSends, requireAccount)
  .use(`${routes.bulkSends}/*`, requireAccount)
  .route('/', bulkDocumentRoutes)

const writes = requireRole('member')
const BULK_SENDS_A_PAGE = 30
/** Steps per request of a script, and per press of the button without scripts. */
const STEPS_AT_ONCE = 2
const STEPS_A_PRESS = 12

bulkSendRoutes.get(routes.bulkSends, async (c) => {
  const { deps, signedIn, t } = c.var
  const { before } = c.req.query()
  const found = await listBulkSends(deps.db, signedIn.accountId, {
    ...{ test: signedIn.testMode, before, limit: BULK_SENDS_A_PAGE + 1 },
  })
  const items = found.slice(0, BULK_SENDS_A_PAGE)
  const names = await listActorNames(
    deps.db,
    signedIn.accountId,
    items.map(({ createdBy }) => createdBy),
  )
  const next = found.length > items.length ? items.at(-1)?.id : undefined
  return page(
    c,
    { title: t('bulk.list.title'), section: 'documents' },
    <BulkListPage items={items} names={names} next={next} />,
  )
})

bulkSendRoutes.post(routes.bulkSends, writes, async (c) => {
  const { deps, signedIn } = c.var
  const { accountId, userId, testMode: test } = signedIn
  const { id, source } = await readSelection(c)
  if (!source) {
    flash(c, 'problem.nothing_selected')
    return c.redirect(routes.documents, 303)
  }
  await createBulkSend(deps, { accountId, userId, id, source, test })
  return c.redirect(routes.bulkSend(id), 303)
})

bulkSendRoutes.get(routes.bulkSend(':id'), async (c) => showPage(c, leftOutOf(c.req.query())))

/** Answers a poll of the page: 204 if nothing changed since the state in `seen`. */
bulkSendRoutes.get(routes.bulkSendProgress(':id'), async (c) => {
  const bulk = await requireBulkSend(c)
  if (!isHtmx(c)) return c.redirect(routes.bulkSend(bulk.id), 303)
  if (seenOf(bulk) === c.req.query('seen')) return c.body(null, 204)
  if (bulk.state === 'ready') return c.body(null, 204, { 'HX-Redirect': routes.bulkSend(bulk.id) })
  return fragment(c, <BulkUpdate view={await bulkView(c, bulk)} />)
})

bulkSendRoutes.post(routes.bulkSendSteps(':id'), writes, async (c) => {
  const before = await requireBulkSend(c)
  await continueBulkSend(c.var.deps, before, isHtmx(c) ? STEPS_AT_ONCE : STEPS_A_PRESS)
  if (!isHtmx(c)) return c.redirect(routes.bulkSend(before.id), 303)
  const bulk = await requireBulkSend(c)
  if (before.state === 'collecting' && bulk.state !== 'collecting')
    return c.body(null, 204, { 'HX-Redirect': routes.bulkSend(bulk.id) })
  const view = await bulkView(c, bulk)
  return fragment(
    c,
    <>
      <BulkSteps view={view} />
      <hx-partial hx-target="#bulk-live" hx-swap="outerMorph">
        <BulkLive view={view} />
      </hx-partial>
    </>,
  )
})

bulkSendRoutes.post(routes.bulkSendConfirmation(':id'), writes, async (c) => {
  const { accountId, userId } = c.var.signedIn
  const id = c.req.param('id')
  const leftOut = leftOutOf(await readForm(c))
  const done = await confirmBulkSend(c.var.deps, { accountId, userId, id, leftOut })
  if (!done.ok && done.reason === 'not_found') throw new HTTPException(404)
  if (!done.ok) return showPage(c, leftOut, done.reason)
  return c.redirect(routes.bulkSend(id), 303)
})

bulkSendRoutes.post(routes.bulkSendCancellation(':id'), writes, async (c) => {
  const { accountId, userId } = c.var.signedIn
  const id = c.req.param('id')
  const done = await undoBulkSend(c.var.deps, { accountId, userId, id })
  if (!done.ok && done.reason === 'not_found') throw new HTTPException(404)
  flash(c, done.ok ? 'notice.bulk_undone' : 'refusal.already_dispatched')
  return c.redirect(routes.bulkSend(id), 303)
})

bulkSendRoutes.post(routes.bulkSendRetries(':id'), writes, async (c) => {
  const { deps, signedIn } = c.var
  const { accountId, userId } = signedIn
  const earlier = await requireBulkSend(c)
  const { from = '', bulkId = '' } = await readForm(c)
  const id = formId(c, 'blk', bulkId)
  const since = 'since' in earlier.source ? earlier.source.since : (earlier.confirmedAt ?? earlier.createdAt)
  const source = { from: from === 'quota' ? ('quota' as const) : ('failed' as const), bulkId: earlier.id, since }
  await createBulkSend(deps, { accountId, userId, id, source, test: earlier.test })
  return c.redirect(routes.bulkSend(id), 303)
})

async function showPage(c: Context<AccountEnv>, leftOut: number, refused?: string) {
  const bulk = await requireBulkSend(c)
  const view = await bulkView(c, bulk)
  return page(
    c,
    { title: c.var.t('bulk.title'), section: 'documents', status: refused ? 422 : 200 },
    <BulkPage view={view} leftOut={leftOut} refused={refused} />,
  )
}
