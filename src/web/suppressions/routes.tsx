/** Serves the addresses that an account must not write to. Every member may see them; admins add and release. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { addSuppression } from '../../commands/sends/add-suppression'
import { releaseSuppression } from '../../commands/sends/release-suppression'
import { findSuppression, listSuppressions } from '../../db/suppression-list'
import { addressKey } from '../../domain/email-addresses'
import { isSuppressionReason } from '../../domain/suppression'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { otherAccount } from '../ui/form-account'
import { emptyForm, type FormState, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { withQuery } from '../ui/with-query'
import { suppressionsCsv } from './export'
import { SuppressionListPage } from './list-page'
import { ReleasePage } from './release-page'

export const suppressionRoutes = new Hono<AccountEnv>()

const SUPPRESSIONS_A_PAGE = 50
const MAX_SEARCH_CHARS = 254
const admins = requireRole('admin')

suppressionRoutes.get(routes.suppressions, requireAccount, (c) => listPage(c))

suppressionRoutes.get(routes.suppressionExport, requireAccount, requireRole('member'), suppressionsCsv)

suppressionRoutes.post(routes.suppressions, requireAccount, admins, async (c) => {
  const { address = '', ...typed } = await readForm(c)
  const elsewhere = otherAccount(c, typed)
  if (elsewhere) return listPage(c, { values: { address }, errors: { '': elsewhere } }, 422)
  const { accountId, userId: actor } = c.var.signedIn
  const added = await addSuppression(c.var.deps, { accountId, actor, address })
  if (!added.ok) return listPage(c, { values: { address }, errors: { address: refusalText(c.var.t, added) } }, 422)
  flash(c, 'notice.suppression_added')
  return c.redirect(routes.suppressions, 303)
})

suppressionRoutes.get(routes.suppressionRelease, requireAccount, admins, async (c) => {
  const item = await findSuppression(c.var.deps.db, c.var.signedIn.accountId, c.req.query('address') ?? '')
  if (!item) throw new HTTPException(404)
  const title = c.var.t('release.title', { address: item.addressKey })
  return page(c, { title, section: 'deliveries', narrow: true }, <ReleasePage item={item} />)
})

suppressionRoutes.post(routes.suppressionRelease, requireAccount, admins, async (c) => {
  const { address = '', reason = '' } = await readForm(c)
  if (!isSuppressionReason(reason)) throw new HTTPException(404)
  const { accountId, userId: actor } = c.var.signedIn
  const released = await releaseSuppression(c.var.deps, { accountId, actor, addressKey: address, reason })
  if (!released.ok) throw new HTTPException(404)
  flash(c, 'notice.suppression_released')
  return c.redirect(routes.suppressions, 303)
})

async function listPage(c: Context<AccountEnv>, form: FormState = emptyForm, status: 200 | 422 = 200) {
  const { q: typed = '', at = '', after } = c.req.query()
  const q = typed.trim().slice(0, MAX_SEARCH_CHARS)
  const position = after === undefined ? undefined : { at: /^\d{1,15}$/.test(at) ? Number(at) : 0, addressKey: after }
  const { items, next } = await listSuppressions(c.var.deps.db, c.var.signedIn.accountId, {
    ...{ prefix: addressKey(q), after: position, limit: SUPPRESSIONS_A_PAGE },
  })
  const paths = {
    first: position && withQuery(routes.suppressions, { q }),
    next: next && withQuery(routes.suppressions, { q, at: next.at, after: next.addressKey }),
  }
  const title = c.var.t('suppressions.title')
  return page(c, { title, section: 'deliveries', status }, <SuppressionListPage {...{ q, items, form, paths }} />)
}
