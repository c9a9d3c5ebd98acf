/** Serves bulk sends. A key sees those of its mode. */
import { Hono } from 'hono'
import { continueBulkSend } from '../../commands/bulk-sends/continue-bulk-send'
import { createBulkSend } from '../../commands/bulk-sends/create-bulk-send'
import { loadQuota } from '../../commands/sends/quota'
import { listBulkRows } from '../../db/bulk-documents'
import { findBulkSend, type StoredBulkSend } from '../../db/bulk-sends'
import { listKnownDocuments } from '../../db/documents'
import { type BulkSource, leftOutMask } from '../../domain/bulk-send'
import { dateIn } from '../../domain/calendar'
import { quotaZone } from '../../domain/quota'
import { sendBlocker } from '../../domain/readiness'
import { refuse } from '../../domain/result'
import { dueAtOf } from '../../domain/schedule'
import { isTestDocument } from '../../domain/test-mode'
import { routes } from '../../routes'
import type { ApiContext, ApiEnv } from '../api-env'
import { listReply } from '../list-reply'
import { idFor } from '../middleware/idempotent'
import { Problem } from '../problem'
import { refusalProblem } from '../refusal'
import { serve } from '../serve'
import { bulkResultJson, bulkSendJson } from './bulk-send-json'
import * as operations from './bulk-send-operations'
import type { NewBulkSend } from './bulk-send-schemas'

export const bulkSendRoutes = new Hono<ApiEnv>()

/** Steps after those of `createBulkSend`: a list of one step is collected, confirmed and queued before the response. */
const MORE_STEPS = 1

serve(bulkSendRoutes, operations.createBulkSend, async (c, { body }) => {
  const { deps, key } = c.var
  const { accountId, id: userId, test } = key
  const source = await sourceOf(c, body)
  if (!body.dry_run) requireSendable(c)
  const id = idFor(c, 'blk')
  const leftOut = leftOutMask(body.leave_out)
  await createBulkSend(deps, { accountId, userId, id, source, test, leftOut, confirmWhenReady: !body.dry_run })
  if (!body.dry_run) await continueBulkSend(deps, { accountId, id }, MORE_STEPS)
  c.header('Location', routes.api + routes.bulkSend(id))
  const reply = await shown(c, await theBulkSend(c, id))
  return body.dry_run ? c.json(reply, 200) : reply
})

serve(bulkSendRoutes, operations.getBulkSend, async (c, { params }) => shown(c, await theBulkSend(c, params.id)))

serve(bulkSendRoutes, operations.listBulkResults, async (c, { params, query: { limit, cursor: after = '' } }) => {
  const bulk = await theBulkSend(c, params.id)
  const { rows, next } = await listBulkRows(c.var.deps.db, bulk, { after, limit })
  return listReply(c, bulkResultJson(rows, bulk), next)
})

/** Returns where the documents come from. Throws a problem that names those that the key does not see. */
async function sourceOf(c: ApiContext, { document_ids: named = [], filter }: NewBulkSend): Promise<BulkSource> {
  const { deps, key, account } = c.var
  if (filter) {
    const { type: kind, state, delivery_state: mailState } = filter
    const today = dateIn(deps.now(), account.settings.timeZone)
    return { from: 'list', filter: { test: key.test, kind, state, mailState, today } }
  }
  const ids = [...new Set(named)]
  const known = new Set(await listKnownDocuments(deps.db, key.accountId, ids))
  const errors = named.flatMap((id, index) =>
    known.has(id) && isTestDocument(id) === key.test
      ? []
      : [{ pointer: `/document_ids/${index}`, code: 'not_found', detail: 'There is no such document.' }],
  )
  if (errors.length > 0) throw new Problem('not_found', { errors })
  return { from: 'chosen', ids }
}

/** Throws a problem if the account may not send, so that a program learns it at once. The step that confirms asks again. */
function requireSendable({ var: { account, key } }: ApiContext): void {
  const blocker = sendBlocker(account, key.test)
  if (blocker) throw refusalProblem(refuse(blocker))
  if (account.restingAt !== null && !key.test) throw refusalProblem(refuse('sending_rests'))
}

async function theBulkSend(c: ApiContext, id: string): Promise<StoredBulkSend> {
  const { deps, key } = c.var
  const bulk = await findBulkSend(deps.db, { accountId: key.accountId, id })
  if (!bulk || bulk.test !== key.test) throw new Problem('not_found')
  return bulk
}

/** Returns a bulk send with, until it is confirmed, the quota of the day on which its mails would leave. */
async function shown(c: ApiContext, bulk: StoredBulkSend) {
  const { deps, account } = c.var
  if (bulk.confirmedAt !== null) return bulkSendJson(bulk, undefined)
  const leavesAt = dueAtOf(account.settings, deps.now())
  const leaving = { accountId: account.id, leavesAt, timeZone: quotaZone(account), test: bulk.test }
  return bulkSendJson(bulk, await loadQuota(deps, leaving))
}
