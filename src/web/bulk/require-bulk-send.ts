/** A bulk send as its pages tell of it. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { loadQuota } from '../../commands/sends/quota'
import { findBulkSend, type StoredBulkSend } from '../../db/bulk-sends'
import { type Count, countAll, countGoing, leftOutMask, mailsOf } from '../../domain/bulk-send'
import { type Quota, quotaZone } from '../../domain/quota'
import type { AccountEnv } from '../app-env'

export interface BulkView {
  bulk: StoredBulkSend
  /** Documents and addresses: all that were looked at, and those that go. */
  all: Count
  going: Count
  /** Documents that don't go, for whatever reason, once it is confirmed. */
  leftOut: number
  /** Mails there are, or will be. */
  mails: number
  /** Of the day on which the mails would leave; before it is confirmed. */
  quota: Quota | undefined
  /** For the form that repeats what failed. */
  newId: string
}

/** Throws 404 for one that is not the account's. */
export async function requireBulkSend(c: Context<AccountEnv>): Promise<StoredBulkSend> {
  const { deps, signedIn } = c.var
  const bulk = await findBulkSend(deps.db, { accountId: signedIn.accountId, id: c.req.param('id') ?? '' })
  if (!bulk) throw new HTTPException(404)
  return bulk
}

export async function bulkView(c: Context<AccountEnv>, bulk: StoredBulkSend): Promise<BulkView> {
  const { deps, signedIn } = c.var
  const { settings, accountId } = signedIn
  const all = countAll(bulk.tally)
  const going = countGoing(bulk.tally, bulk.leftOut)
  const leavesAt = deps.now() + settings.batchWindowMs
  return {
    bulk,
    all,
    going,
    leftOut: all.documents - going.documents + bulk.withheld,
    mails: bulk.state === 'queueing' ? Math.max(going.addresses, mailsOf(bulk)) : mailsOf(bulk),
    quota:
      bulk.state === 'ready'
        ? await loadQuota(deps, { accountId, leavesAt, timeZone: quotaZone(signedIn), test: bulk.test })
        : undefined,
    newId: deps.newId('blk'),
  }
}

/** Which groups a form or an address leaves out: `leave.draft=on`. */
export const leftOutOf = (values: Record<string, string>): number =>
  leftOutMask(Object.keys(values).flatMap((name) => /^leave\.(\w+)$/.exec(name)?.[1] ?? []))

/** Changes whenever what the page shows of the progress does. */
export const seenOf = (bulk: StoredBulkSend): string =>
  [bulk.state, bulk.cursor, bulk.waiting, bulk.sent, bulk.delivered, bulk.deferred, bulk.unknown, bulk.problem]
    .concat(bulk.cancelled, bulk.withheld)
    .join('.')
    .replace(/[^\w.]+/g, '_')
