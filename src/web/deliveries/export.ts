import type { Context } from 'hono'
import { type DeliveryItem, listDeliveries } from '../../db/delivery-list'
import { reasonText } from '../../i18n/reason'
import type { AccountEnv } from '../app-env'
import { csvResponse, csvTime } from '../ui/csv-response'
import { displayStatus } from '../ui/delivery-status'
import { CONNECTIONS, type DeliveryQuery, filterOf } from './query'

const ROWS_A_PIECE = 500
/** Limits the queries of one request. A file that reaches the limit is cut off; a narrower filter gives the rest. */
const MAX_PIECES = 100

/** Responds with all deliveries that the filter matches as CSV, newest first. */
export function deliveriesCsv(c: Context<AccountEnv>, query: DeliveryQuery): Response {
  const { t } = c.var
  const header = [
    ...[t('documents.number'), t('documents.contact'), t('suppressions.address'), t('deliveries.column.state')],
    ...[
      t('suppressions.reason'),
      t('history.server_text'),
      t('deliveries.filter.provider'),
      t('deliveries.csv.created'),
    ],
    ...[t('deliveries.sent'), t('deliveries.delivered'), t('deliveries.csv.ended'), t('history.attempt')],
  ]
  return csvResponse(c, { name: 'deliveries', header, pieces: pieces(c, query) })
}

async function* pieces(c: Context<AccountEnv>, query: DeliveryQuery): AsyncGenerator<string[][]> {
  const { deps, signedIn } = c.var
  let before = query.before
  for (let piece = 0; piece < MAX_PIECES; piece++) {
    const position = { before, limit: ROWS_A_PIECE }
    const { items, next } = await listDeliveries(deps.db, signedIn.accountId, filterOf(query, signedIn), position)
    yield items.map((item) => cellsOf(c, item))
    if (next === undefined) return
    before = next
  }
}

function cellsOf(c: Context<AccountEnv>, item: DeliveryItem): string[] {
  const { t, signedIn, deps } = c.var
  const { number, contactName, address, reason, serverText, createdAt, sentAt, deliveredAt, endedAt, attempt } = item
  const { label } = displayStatus(item, item.scheduledFor, deps.now())
  const connection = CONNECTIONS.find((name) => name === item.connection)
  const time = (at: number | null) => csvTime(at, signedIn.timeZone)
  return [
    ...[number ?? '', contactName, address, t(label)],
    ...[reasonText(t, reason) ?? '', serverText ?? '', connection ? t(`connection.${connection}`) : item.connection],
    ...[time(createdAt), time(sentAt), time(deliveredAt), time(endedAt), String(attempt)],
  ]
}
