import { insertBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import {
  claimKey,
  deleteExpiredKey,
  findIdempotencyKey,
  type IdempotencyKey,
  type IdempotencyRef,
} from '../../db/idempotency-keys'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

export const IDEMPOTENCY_KEY_MS = 86_400_000
/** Longer than any request takes, so that a second attempt begins only when the first has ended. */
const LEASE_MS = 60_000

const CLEANING = { accountId: '', kind: 'delete_idempotency_keys', id: '', position: '' } as const

/** A claimed key with the ULID for the ids of what the request makes, or the stored response. */
export type ClaimedKey = { ulid: string } | { response: IdempotencyKey }

/**
 * Claims an Idempotency-Key for one attempt. A request whose isolate died may be attempted again after a minute, with the same ULID, so
 * that it finds what the first attempt made.
 */
export async function claimIdempotencyKey(
  deps: Deps,
  { fingerprint, ...ref }: IdempotencyRef & { fingerprint: string },
): Promise<Result<ClaimedKey, 'key_reused' | 'in_progress'>> {
  const now = deps.now()
  const ulid = deps.newId('req').slice('req_'.length)
  const [, claimed] = await runBatch<{ ulid: string }>(deps.db, [
    deleteExpiredKey(deps.db, ref, now - IDEMPOTENCY_KEY_MS),
    claimKey({ ...ref, fingerprint, ulid, createdAt: now, leasedUntil: now + LEASE_MS }),
    insertBackgroundJob({ ...CLEANING, dueAt: now + IDEMPOTENCY_KEY_MS }),
  ])
  const own = claimed?.results[0]
  if (own) return ok({ ulid: own.ulid })
  const stored = await findIdempotencyKey(deps.db, ref)
  if (stored && stored.fingerprint !== fingerprint) return refuse('key_reused')
  return stored && stored.status !== null ? ok({ response: stored }) : refuse('in_progress')
}
