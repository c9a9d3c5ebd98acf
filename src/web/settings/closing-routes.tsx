import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { exportKey, listExportParts } from '../../commands/accounts/account-folders'
import { cancelClosing, closeAccount } from '../../commands/accounts/close-account'
import { runBackgroundJobs } from '../../commands/maintenance/run-background-jobs'
import { findBackgroundJob } from '../../db/background-jobs'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { ClosingPage } from './closing-page'

/** Closes the account, keeps it after all, and serves its export. Only owners may. */
export const closingRoutes = new Hono<AccountEnv>()

const owns = requireRole('owner')

closingRoutes.get(routes.closing, owns, async (c) => {
  const { deps, signedIn, t } = c.var
  const closed = signedIn.closingAt !== null
  const [parts, job] = closed
    ? await Promise.all([
        listExportParts(deps, signedIn.accountId),
        findBackgroundJob(deps.db, signedIn.accountId, 'export_account', ''),
      ])
    : [[], undefined]
  const content = <ClosingPage parts={parts} making={job !== undefined} />
  return page(c, { title: t('closing.title'), section: 'settings' }, content)
})

closingRoutes.post(routes.closing, owns, async (c) => {
  const { deps, signedIn } = c.var
  await closeAccount(deps, { accountId: signedIn.accountId, actor: signedIn.userId })
  c.executionCtx.waitUntil(runBackgroundJobs(deps))
  flash(c, 'notice.account_closed')
  return c.redirect(routes.closing, 303)
})

closingRoutes.post(routes.closingRevocation, owns, async (c) => {
  const { deps, signedIn } = c.var
  const kept = await cancelClosing(deps, { accountId: signedIn.accountId, actor: signedIn.userId })
  flash(c, kept.ok ? 'notice.account_kept' : 'problem.not_closing')
  return c.redirect(routes.retentionSettings, 303)
})

closingRoutes.get(routes.closingExport(':part'), owns, async (c) => {
  const part = c.req.param('part')
  const object = /^\d{1,6}$/.test(part)
    ? await c.var.deps.bucket.get(exportKey(c.var.signedIn.accountId, Number(part)))
    : null
  if (!object) throw new HTTPException(404)
  return c.body(object.body, 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="export-${part}.zip"`,
    'Cache-Control': 'private, no-store',
  })
})
