import { Hono } from 'hono'
import { exportContacts } from '../../commands/contacts/export-contacts'
import { dateIn } from '../../domain/calendar'
import { CONTACT_FIELDS } from '../../domain/contact'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { CONTACT_LABELS } from './contact-labels'

/** All current contacts, or all archived ones, as a file. */
export const contactExportRoutes = new Hono<AccountEnv>()

contactExportRoutes.get(routes.contactExport, requireRole('member'), (c) => {
  const { deps, signedIn, t, language } = c.var
  const header = CONTACT_FIELDS.map((field) => t(CONTACT_LABELS[field]))
  const archived = c.req.query('archived') === 'yes'
  // Spreadsheets of these countries write decimals with a comma, so their columns are parted by semicolons.
  const delimiter = language === 'en' ? ',' : ';'
  const fileName = `contacts-${dateIn(deps.now(), signedIn.settings.timeZone)}.csv`
  return c.body(exportContacts(deps, { accountId: signedIn.accountId, archived, header, delimiter }), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'private, no-store',
  })
})
