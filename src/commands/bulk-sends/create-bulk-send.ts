import { insertBackgroundJob } from '../../db/background-jobs'
import { insertBulkSend } from '../../db/bulk-sends'
import { runBatch } from '../../db/client'
import { type BulkSource, PREFLIGHT_DAYS } from '../../domain/bulk-send'
import type { Deps } from '../deps'
import { continueBulkSend } from './continue-bulk-send'

export interface NewBulkSendInput {
  accountId: string
  userId: string
  /** Carried by the form, so that a form sent twice makes one bulk send. */
  id: string
  source: BulkSource
  /** True: only documents of test mode; false: none of them. */
  test: boolean
  /** Set by programs: it is confirmed as soon as its documents are collected. */
  confirmWhenReady?: boolean
  /** Flags of the groups that are left out then. */
  leftOut?: number
}

/** Steps done before the response; the page and the ticks do the rest. */
const FIRST_STEPS = 2
const DAY_MS = 86_400_000

/** Creates a bulk send and begins to collect its documents. Nothing is sent until it is confirmed, by a person or, if a program asked for it, by a step. */
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
