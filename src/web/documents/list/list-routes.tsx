import { Hono } from 'hono'
import type { Db } from '../../../db/client'
import { type DocumentPage, listDocuments, searchDocuments } from '../../../db/document-list'
import { dateIn } from '../../../domain/calendar'
import { routes } from '../../../routes'
import type { AccountEnv, SignedIn } from '../../app-env'
import { page } from '../../ui/page'
import { DocumentListPage } from './list-page'
import { filterOf, type ListQuery, listPath, numberPrefix, readListQuery } from './list-query'

export const documentListRoutes = new Hono<AccountEnv>()

const DOCUMENTS_A_PAGE = 50

documentListRoutes.get(routes.documents, async (c) => {
  const { deps, signedIn, t } = c.var
  const query = readListQuery(c.req.query())
  const today = dateIn(deps.now(), signedIn.settings.timeZone)
  const listed = await (query.q ? search : list)(deps.db, signedIn, query, today)
  return page(
    c,
    { title: t('documents.title'), section: 'documents', scripts: ['selection.js'] },
    <DocumentListPage query={query} today={today} bulkId={deps.newId('blk')} {...listed} />,
  )
})

interface Listed extends Pick<DocumentPage, 'items' | 'scanned'> {
  newerPath?: string | undefined
  olderPath?: string | undefined
}

async function list(db: Db, signedIn: SignedIn, query: ListQuery, today: string): Promise<Listed> {
  const position = { before: query.before, after: query.after, limit: DOCUMENTS_A_PAGE }
  const { items, next, scanned } = await listDocuments(
    db,
    signedIn.accountId,
    filterOf(query, today, signedIn.testMode),
    position,
  )
  const first = items[0]?.id
  if (!query.after) {
    const newerPath = query.before && listPath(query, first ? { after: first } : {})
    return { items, scanned, newerPath, olderPath: next && listPath(query, { before: next }) }
  }
  // No newer documents: shows the first page instead, which may have more than these.
  if (!next) return list(db, signedIn, { ...query, after: undefined }, today)
  return {
    items,
    newerPath: listPath(query, { after: next }),
    olderPath: listPath(query, { before: items.at(-1)?.id ?? query.after }),
  }
}

/** Searches documents. Results can't be paged backwards, so the "newer" link returns to the first page. */
async function search(
  db: Db,
  { accountId, settings, testMode }: SignedIn,
  query: ListQuery,
  today: string,
): Promise<Listed> {
  const number = numberPrefix(query.q, settings.numberPatterns[query.kind ?? 'invoice'], today, testMode)
  const searched = { name: query.q, number, after: query.before, limit: DOCUMENTS_A_PAGE }
  const { items, next, scanned } = await searchDocuments(db, accountId, filterOf(query, today, testMode), searched)
  const newerPath = query.before && listPath(query)
  return { items, scanned, newerPath, olderPath: next && listPath(query, { before: next }) }
}
