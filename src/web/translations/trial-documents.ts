/** Lists the documents with which a text can be tried: the account's latest, or a made-up one. */
import type { Context } from 'hono'
import type { Deps } from '../../commands/deps'
import { documentKindOf } from '../../commands/translations/compose-translation'
import { type LatestDocument, listLatestDocuments } from '../../db/latest-documents'
import { listUnreported } from '../../db/problem-notices'
import { isNoticeKind, type TextKind } from '../../domain/translation'
import { SHOWN_PROBLEMS } from '../../mail/notice'
import type { AccountEnv } from '../app-env'

export async function documentsFor(c: Context<AccountEnv>, kind: TextKind): Promise<LatestDocument[]> {
  const { deps, signedIn } = c.var
  if (!isNoticeKind(kind)) return listLatestDocuments(deps.db, signedIn.accountId, documentKindOf(kind))
  return kind === 'problem_notice' ? failedOrLatest(deps, signedIn.accountId) : []
}

/** Returns documents with failed mails first, then the latest others, for which a failure is made up. */
async function failedOrLatest({ db }: Deps, accountId: string): Promise<LatestDocument[]> {
  const [{ problems }, latest] = await Promise.all([
    listUnreported(db, accountId, 0, SHOWN_PROBLEMS),
    listLatestDocuments(db, accountId, undefined),
  ])
  const failed = problems.map(({ documentId, ...document }) => ({ id: documentId, ...document })).reverse()
  const byId = new Map([...failed, ...latest].map((document) => [document.id, document]))
  return [...byId.values()].slice(0, 12)
}

/** Value of the field `document` for a made-up one. */
export const SAMPLE = 'sample'
