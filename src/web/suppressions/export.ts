import type { Context } from 'hono'
import { listSuppressions, type SuppressionItem, type SuppressionPosition } from '../../db/suppression-list'
import { reasonText } from '../../i18n/reason'
import type { AccountEnv } from '../app-env'
import { csvResponse, csvTime } from '../ui/csv-response'

const ROWS_A_PIECE = 500

/** Exports all blocked addresses, latest first. */
export function suppressionsCsv(c: Context<AccountEnv>): Response {
  const { t } = c.var
  const header = [
    ...[t('suppressions.address'), t('suppressions.reason'), t('suppressions.explanation'), t('suppressions.since')],
    ...[t('suppressions.csv.by'), t('suppressions.csv.document'), t('history.server_text'), t('suppressions.held')],
  ]
  return csvResponse(c, { name: 'blocked-addresses', header, pieces: pieces(c) })
}

async function* pieces(c: Context<AccountEnv>): AsyncGenerator<string[][]> {
  const { deps, signedIn } = c.var
  let after: SuppressionPosition | undefined
  do {
    const range = { prefix: '', after, limit: ROWS_A_PIECE }
    const { items, next } = await listSuppressions(deps.db, signedIn.accountId, range)
    yield items.map((item) => cellsOf(c, item))
    after = next
  } while (after)
}

function cellsOf(c: Context<AccountEnv>, item: SuppressionItem): string[] {
  const { t, signedIn } = c.var
  const { addressKey, reason, createdAt, by, number, serverText, held } = item
  return [
    ...[
      addressKey,
      t(`suppression_reason.${reason}`),
      reasonText(t, reason) ?? '',
      csvTime(createdAt, signedIn.timeZone),
    ],
    ...[by ?? '', number ?? '', serverText, String(held)],
  ]
}
