import { insertBackgroundJob } from '../../db/background-jobs'
import { insertBulkSend } from '../../db/bulk-sends'
import { runBatch } from '../../db/client'
import { type BulkSource, PREFLIGHT_DAYS } from '../../domain/bulk-send'
import type { Deps } from '../deps'
import { continueBulkSend } from './continue-bulk-sends'

export interface NewBulkSendInput {
  accountId: string
  userId: string
  /** The caller's key: the form that carries it makes one bulk send, however often it comes. */
  id: string
  source: BulkSource
  /** Documents of test mode, and no others. */
  test: boolean
}

/** Steps done before the person is answered; the page and the ticks do the rest. */
const FIRST_STEPS = 2
const DAY_MS = 86_400_000

/** Begins a bulk send: its documents are looked through and nothing is sent until it is confirmed. */
export async function createBulkSend(deps: Deps, { userId, ...bulk }: NewBulkSendInput): Promise<void> {
  const now = deps.now()
  const { accountId, id } = bulk
  const dueAt = now + PREFLIGHT_DAYS * DAY_MS
  await runBatch(deps.db, [
    insertBulkSend(deps.db, { ...bulk, createdAt: now, createdBy: userId }),
    insertBackgroundJob({ accountId, kind: 'forget_preflight', id, position: '', dueAt }, 'after_change'),
  ])
  await continueBulkSend(deps, bulk, FIRST_STEPS)
}
