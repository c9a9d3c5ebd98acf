/** Loads a bulk send for its pages. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Deps } from '../../commands/deps'
import { mailsPerTick } from '../../commands/sends/mails-per-tick'
import { loadQuota } from '../../commands/sends/quota'
import { findLastLeaving } from '../../db/bulk-documents'
import { findBulkSend, type StoredBulkSend } from '../../db/bulk-sends'
import { type Count, countAll, countGoing, leftOutMask, mailsOf, timeLeft } from '../../domain/bulk-send'
import { type Quota, quotaZone } from '../../domain/quota'
import { dueAtOf } from '../../domain/schedule'
import { DISPATCH_PER_TICK } from '../../domain/timing'
import type { AccountEnv } from '../app-env'

export interface BulkView {
  bulk: StoredBulkSend
  /** Counts of all collected documents and addresses, and of those that are sent. */
  all: Count
  going: Count
  /** Documents that are not sent, for any reason. */
  leftOut: number
  /** Number of mails, including those still to be queued. */
  mails: number
  /** Quota of the day on which the mails would leave; undefined unless the bulk send is ready to confirm. */
  quota: Quota | undefined
  /** Estimated time until the last mail has left, in ms; undefined unless mails are leaving and it can be known. */
  timeLeft: number | undefined
  /** Id of the bulk send that the form *Repeat* creates. */
  newId: string
}

/** Returns the bulk send that the path names. Throws 404 if the account has none with this id. */
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
  const leavesAt = dueAtOf(settings, deps.now())
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
    timeLeft: await findTimeLeft(deps, bulk),
    newId: deps.newId('blk'),
  }
}

async function findTimeLeft(deps: Deps, bulk: StoredBulkSend): Promise<number | undefined> {
  const { state, dueAt, waiting } = bulk
  const now = deps.now()
  if (state !== 'queued' || waiting === 0 || dueAt === null || dueAt > now) return undefined
  const last = await findLastLeaving(deps.db, bulk, now)
  if (!last) return undefined
  const rates = await mailsPerTick(deps, [last.connection])
  return timeLeft(bulk, { dueAt, perTick: rates.get(last.connection) ?? DISPATCH_PER_TICK }, now)
}

/** Parses which groups a form or a query leaves out: `leave.draft=on`. Returns their mask. */
export const leftOutOf = (values: Record<string, string>): number =>
  leftOutMask(Object.keys(values).flatMap((name) => /^leave\.(\w+)$/.exec(name)?.[1] ?? []))

/** Returns a key of the progress that the page shows. A poll compares it to find changes. */
export const seenOf = (bulk: StoredBulkSend): string =>
  [bulk.state, bulk.cursor, bulk.waiting, bulk.sent, bulk.delivered, bulk.deferred, bulk.unknown, bulk.problem]
    .concat(bulk.cancelled, bulk.withheld)
    .join('.')
    .replace(/[^\w.]+/g, '_')
