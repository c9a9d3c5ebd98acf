/** Serves the list and the export of the deliveries of all documents. */
import { type Context, Hono } from 'hono'
import { listContactsByPrefix } from '../../db/contact-search'
import { findContact } from '../../db/contacts'
import { countDeliveries, SLOT_MS } from '../../db/delivery-counts'
import { listDeliveries } from '../../db/delivery-list'
import { countOpenProblems, listProblems } from '../../db/problem-list'
import { addDays, dateIn, startOfDate } from '../../domain/calendar'
import { deliveryDays } from '../../domain/delivery-days'
import { idFloor } from '../../domain/id-range'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { page } from '../ui/page'
import { deliveriesCsv } from './export'
import { DeliveryListPage } from './list-page'
import { type DeliveryQuery, deliveriesPath, filterOf, isFiltered, readDeliveryQuery } from './query'

export const deliveryRoutes = new Hono<AccountEnv>()

const DELIVERIES_A_PAGE = 50
const PROBLEMS_FIRST = 3
const CHART_DAYS = 30

deliveryRoutes.get(routes.deliveries, requireAccount, async (c) => {
  const { deps, signedIn, t } = c.var
  const query = readDeliveryQuery(c.req.query())
  const choices =
    query.name && !query.contact ? await listContactsByPrefix(deps.db, signedIn.accountId, query.name) : undefined
  const [only] = choices ?? []
  if (only && choices?.length === 1)
    return c.redirect(deliveriesPath(routes.deliveries, query, { contact: only.id, name: '' }), 303)
  const position = { before: query.before, limit: DELIVERIES_A_PAGE }
  const [found, contact, first] = await Promise.all([
    listDeliveries(deps.db, signedIn.accountId, filterOf(query, signedIn), position),
    query.contact ? findContact(deps.db, signedIn.accountId, query.contact) : undefined,
    isFiltered(query) || query.name || query.before ? undefined : loadFirst(c),
  ])
  const props = { query, contactName: contact?.name, choices, first, newFormId: () => deps.newId('snd') }
  return page(
    c,
    { title: t('nav.deliveries'), section: 'deliveries' },
    <DeliveryListPage {...props} items={found.items} next={found.next} scanned={found.scanned} />,
  )
})

deliveryRoutes.get(routes.deliveryExport, requireAccount, requireRole('member'), (c) =>
  deliveriesCsv(c, readDeliveryQuery(c.req.query()) satisfies DeliveryQuery),
)

/** Loads what the first page adds to the list: open problems and the chart. */
async function loadFirst(c: Context<AccountEnv>) {
  const { deps, signedIn } = c.var
  const { accountId, testMode: test, settings } = signedIn
  const { timeZone } = settings
  const now = deps.now()
  const from = startOfDate(addDays(dateIn(now, timeZone), 1 - CHART_DAYS), timeZone) ?? 0
  const [problems, open, { counts, cutAt }] = await Promise.all([
    listProblems(deps.db, accountId, { test, view: 'open' }, { limit: PROBLEMS_FIRST }),
    countOpenProblems(deps.db, accountId, test),
    countDeliveries(deps.db, accountId, idFloor('dlv', from), test),
  ])
  const at = counts.map(({ kind, slot, n }) => ({ kind, n, at: slot * SLOT_MS }))
  return {
    problems: problems.items,
    open,
    days: deliveryDays(at, { now, timeZone, days: CHART_DAYS }),
    cutDate: cutAt === undefined ? undefined : dateIn(cutAt, timeZone),
  }
}
