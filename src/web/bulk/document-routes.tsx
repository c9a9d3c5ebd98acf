/** The documents of a bulk send: what each count of the pre-flight and the progress opens, the result sheet, and its CSV. */
import { Hono } from 'hono'
import { exportBulkResults } from '../../commands/bulk-sends/export-bulk-results'
import { listBulkRows } from '../../db/bulk-documents'
import { type BulkListGroup, inGroup } from '../../db/bulk-groups'
import { BULK_FLAGS } from '../../domain/bulk-send'
import { dateIn } from '../../domain/calendar'
import { MAIL_STATES } from '../../domain/delivery'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { page } from '../ui/page'
import { BulkDocumentsPage } from './documents-page'
import { leftOutOf, requireBulkSend } from './require-bulk-send'
import { RESULT_COLUMNS, resultCells } from './result-cells'

export const bulkDocumentRoutes = new Hono<AccountEnv>()

const DOCUMENTS_A_PAGE = 50
const GROUPS = ['all', 'going', 'left_out', ...Object.keys(BULK_FLAGS), ...MAIL_STATES].filter(
  (group) => group !== 'not_sent',
) as BulkListGroup[]

bulkDocumentRoutes.get(routes.bulkSendDocuments(':id'), async (c) => {
  const { deps, t } = c.var
  const bulk = await requireBulkSend(c)
  const query = c.req.query()
  const group = GROUPS.find((one) => one === query.group) ?? 'all'
  const leftOut = bulk.confirmedAt === null ? leftOutOf(query) : bulk.leftOut
  const place = { after: query.after ?? '', limit: DOCUMENTS_A_PAGE, where: inGroup(group, leftOut) }
  const { rows, next } = await listBulkRows(deps.db, bulk, place)
  const params = new URLSearchParams(query)
  if (next) params.set('after', next)
  return page(
    c,
    { title: t('bulk.results'), section: 'documents' },
    <BulkDocumentsPage
      bulk={bulk}
      group={group}
      rows={rows}
      nextPath={next && `${routes.bulkSendDocuments(bulk.id)}?${params}`}
      first={!query.after}
    />,
  )
})

bulkDocumentRoutes.get(routes.bulkSendResults(':id'), async (c) => {
  const { deps, signedIn, t, language } = c.var
  const bulk = await requireBulkSend(c)
  const { timeZone } = signedIn
  const file = exportBulkResults(deps, bulk, {
    header: RESULT_COLUMNS.map((key) => t(key)),
    cellsOf: (row) => resultCells(row, bulk, { t, timeZone, now: deps.now() }),
    // Spreadsheets of these countries write decimals with a comma, so their columns are parted by semicolons.
    delimiter: language === 'en' ? ',' : ';',
  })
  const day = dateIn(bulk.confirmedAt ?? bulk.createdAt, signedIn.settings.timeZone)
  return c.body(file, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="bulk-send-${day}.csv"`,
    'Cache-Control': 'private, no-store',
  })
})
