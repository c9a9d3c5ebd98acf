import { insertBulkSend } from '../db/bulk-sends'
import type { BulkSource } from '../domain/bulk-send'
import { continueBulkSend } from './continue-bulk-sends'
import type { Deps } from './deps'

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

/** Begins a bulk send: its documents are looked through and nothing is sent until it is confirmed. */
export async function createBulkSend(deps: Deps, { userId, ...bulk }: NewBulkSendInput): Promise<void> {
  await insertBulkSend(deps.db, { ...bulk, createdAt: deps.now(), createdBy: userId })
  await continueBulkSend(deps, bulk, FIRST_STEPS)
}
