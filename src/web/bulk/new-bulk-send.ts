/** Reads the form of selected documents. */
import type { Context } from 'hono'
import { type BulkSource, MAX_BULK_DOCUMENTS } from '../../domain/bulk-send'
import { dateIn } from '../../domain/calendar'
import type { AccountEnv } from '../app-env'
import { filterOf, numberPrefix, readListQuery } from '../documents/list/list-query'
import { formId } from '../ui/form-id'
import { wellFormed } from '../ui/form-state'

export interface Selection {
  /** Id of the bulk send, which the form carries, so that a form sent twice makes one. */
  id: string
  /** Undefined when nothing was selected. */
  source: BulkSource | undefined
}

/** Reads the selected ids or, with `all`, the query of the list whose documents are all selected. */
export async function readSelection(c: Context<AccountEnv>): Promise<Selection> {
  const body = await wellFormed(c.req.parseBody({ all: true }))
  const texts = (name: string) => [body[name] ?? []].flat().filter((value) => typeof value === 'string')
  const [bulkId = '', list = ''] = [...texts('bulkId'), ...texts('list')]
  const ids = [...new Set(texts('document'))].slice(0, MAX_BULK_DOCUMENTS)
  const id = formId(c, 'blk', bulkId)
  if (texts('all').length > 0) return { id, source: listSource(c, list) }
  return { id, source: ids.length > 0 ? { from: 'chosen', ids } : undefined }
}

/** @param list the query string of the list's URL */
function listSource(c: Context<AccountEnv>, list: string): BulkSource {
  const { deps, signedIn } = c.var
  const { settings, testMode } = signedIn
  const query = readListQuery(Object.fromEntries(new URLSearchParams(list)))
  const today = dateIn(deps.now(), settings.timeZone)
  const filter = filterOf(query, today, testMode)
  if (!query.q) return { from: 'list', filter }
  const number = numberPrefix(query.q, settings.numberPatterns[query.kind ?? 'invoice'], today, testMode)
  return { from: 'list', filter, search: { name: query.q, number } }
}
