/** Serves the documents of a bulk send: the list of each count, the result sheet, and its CSV. */
import { type Context, Hono } from 'hono'
import { listBulkRows } from '../../db/bulk-documents'
import { type BulkListGroup, inGroup } from '../../db/bulk-groups'
import type { StoredBulkSend } from '../../db/bulk-sends'
import { BULK_FLAGS } from '../../domain/bulk-send'
import { MAIL_STATES } from '../../domain/delivery'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { csvResponse } from '../ui/csv-response'
import { page } from '../ui/page'
import { BulkDocumentsPage } from './documents-page'
import { leftOutOf, requireBulkSend } from './require-bulk-send'
import { RESULT_COLUMNS, resultCells } from './result-cells'

export const bulkDocumentRoutes = new Hono<AccountEnv>()

const DOCUMENTS_A_PAGE = 50
const DOCUMENTS_A_PIECE = 500
const GROUPS = ['all', 'going', 'left_out', ...Object.keys(BULK_FLAGS), ...MAIL_STATES].filter(
  (group) => group !== 'not_sent',
) as BulkListGroup[]

bulkDocumentRoutes.get(routes.bulkSendDocuments(':id'), async (c) => {
  const { deps, t } = c.var
  const bulk = await requireBulkSend(c)
  const query = c.req.query()
  const group = GROUPS.find((name) => name === query.group) ?? 'all'
  const leftOut = bulk.confirmedAt === null ? leftOutOf(query) : bulk.leftOut
  const range = { after: query.after ?? '', limit: DOCUMENTS_A_PAGE, where: inGroup(group, leftOut) }
  const { rows, next } = await listBulkRows(deps.db, bulk, range)
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
  const bulk = await requireBulkSend(c)
  const header = RESULT_COLUMNS.map((key) => c.var.t(key))
  return csvResponse(c, { name: 'bulk-send', at: bulk.confirmedAt ?? bulk.createdAt, header, pieces: pieces(c, bulk) })
})

/** Yields rows of the CSV for every document and address. */
async function* pieces(c: Context<AccountEnv>, bulk: StoredBulkSend): AsyncGenerator<string[][]> {
  const { deps, signedIn, t } = c.var
  let after: string | undefined = ''
  while (after !== undefined) {
    const { rows, next } = await listBulkRows(deps.db, bulk, { after, limit: DOCUMENTS_A_PIECE })
    yield rows.map((row) => resultCells(row, bulk, { t, timeZone: signedIn.timeZone, now: deps.now() }))
    after = next
  }
}
