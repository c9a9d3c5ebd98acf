/** Serves the audit list, which shows admins who changed what. */
import { Hono } from 'hono'
import { listAudit } from '../../db/audit'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { page } from '../ui/page'
import { AuditPage } from './audit-page'

const ENTRIES_A_PAGE = 50

export const auditList = new Hono<AccountEnv>()

auditList.get(routes.auditList, requireRole('admin'), async (c) => {
  const { accountId } = c.var.signedIn
  const before = c.req.query('before')
  const found = await listAudit(c.var.deps.db, { accountId, before, limit: ENTRIES_A_PAGE + 1 })
  const items = found.slice(0, ENTRIES_A_PAGE)
  const last = found.length > ENTRIES_A_PAGE ? items.at(-1) : undefined
  const paths = {
    first: before === undefined ? undefined : routes.auditList,
    next: last && `${routes.auditList}?before=${last.id}`,
  }
  const title = c.var.t('settings.audit')
  return page(c, { title, section: 'settings' }, <AuditPage items={items} paths={paths} />)
})
