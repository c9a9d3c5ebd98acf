import { findAccount, type StoredAccount } from '../../db/accounts'
import { type BulkDocument, listBulkDocuments, setReasons } from '../../db/bulk-documents'
import { addCounts, advanceBulkSend, findBulkSend, type StoredBulkSend } from '../../db/bulk-sends'
import { allOrNothing, ifAny, isNotAll, runBatch } from '../../db/client'
import { finaliseStatements, isNumberTaken } from '../../db/finalisation'
import { isOverQuota } from '../../db/quota'
import { insertSends, type PlannedSend } from '../../db/sends'
import { goes, type WithheldReason, withheldReason } from '../../domain/bulk-send'
import type { Finalisation } from '../../domain/finalisation'
import { quotaDay, quotaLeft, quotaZone } from '../../domain/quota'
import type { Deps } from '../deps'
import { planSend } from '../sends/plan-send'
import { loadQuota } from '../sends/quota'
import { type CopiesTo, reachableCopies } from '../sends/reach'
import { DOCUMENTS_A_STEP } from './collect-step'
import { type BulkItem, loadBulkItems } from './load-bulk-items'

/** Limits the snapshots of a step's drafts: D1 accepts 2 MB in one parameter, which contains all of them. */
const MAX_SNAPSHOT_CHARS = 1_000_000

/**
 * Queues the sends of the next documents. A document that was paid, credited, suppressed or changed after it was
 * collected is left out, with the reason. When the database refuses a step, half of its documents are tried, and so on,
 * until the one that can't be sent is found and left out.
 */
export async function queueStep(deps: Deps, bulk: StoredBulkSend): Promise<void> {
  const account = await findAccount(deps.db, bulk.accountId)
  if (!account) return
  const listed = await listBulkDocuments(deps.db, bulk, bulk.cursor, DOCUMENTS_A_STEP)
  const attempt: Attempt = { bulk, account, listed, last: listed.length < DOCUMENTS_A_STEP }
  for (;;) {
    const outcome = await tryToQueue(deps, attempt)
    if (outcome === 'done') return
    if (outcome === 'number_taken') attempt.drafts = 'number_taken'
    else {
      const now = await findBulkSend(deps.db, bulk)
      // Another process did this step first.
      if (now?.state !== bulk.state || now.cursor !== bulk.cursor) return
      if (attempt.listed.length === 1) attempt.all = outcome
      attempt.listed = attempt.listed.slice(0, Math.ceil(attempt.listed.length / 2))
      attempt.last &&= attempt.listed.length === listed.length
    }
  }
}

interface Attempt {
  bulk: StoredBulkSend
  account: StoredAccount
  listed: BulkDocument[]
  /** True if no documents follow `listed`. */
  last: boolean
  /** Why no draft, or no document at all, can be sent in this attempt. */
  drafts?: WithheldReason
  all?: WithheldReason
}

async function tryToQueue(deps: Deps, attempt: Attempt): Promise<'done' | 'number_taken' | 'changed' | 'quota'> {
  const { bulk, listed } = attempt
  const { planned, finalisations, reasons, upTo } = await decide(deps, attempt)
  const step = {
    from: { state: 'queueing' as const, cursor: bulk.cursor },
    cursor: listed[upTo - 1]?.position ?? bulk.cursor,
    next: attempt.last && upTo === listed.length ? ('queued' as const) : undefined,
  }
  const counts = {
    queued: planned.length,
    waiting: countCustomerMails(planned),
    withheld: reasons.length,
    overQuota: reasons.filter(({ reason }) => reason === 'quota').length,
  }
  try {
    await runBatch(deps.db, [
      ...advanceBulkSend(bulk, step, addCounts(counts)),
      ...finaliseStatements(finalisations),
      ...insertSends(bulk.accountId, planned, deps.now(), [allOrNothing(planned.length)]),
      ...ifAny(reasons, (rows) => setReasons(bulk, rows)),
    ])
    return 'done'
  } catch (error) {
    if (isNumberTaken(error)) return 'number_taken'
    if (isOverQuota(error)) return 'quota'
    if (isNotAll(error)) return 'changed'
    throw error
  }
}

/** Counts mails to customers, without copies to the merchant. */
const countCustomerMails = (planned: PlannedSend[]): number =>
  planned.flatMap(({ deliveries }) => deliveries).filter(({ purpose }) => purpose === 'customer').length

/**
 * Decides which of the listed documents are sent, and why the others are not. `upTo` is how many of them fit into this
 * step.
 */
async function decide(deps: Deps, { bulk, account, listed, drafts, all }: Attempt) {
  const going = listed.filter(({ flags }) => goes(flags, bulk.leftOut))
  const ids = going.map(({ documentId }) => documentId)
  const items = await loadBulkItems(deps, { account, ...bulk, by: bulk.confirmedBy ?? '' }, ids)
  const current = new Map(items.map((item) => [item.documentId, item]))
  const day = await quotaOf(deps, bulk, account)
  // Test documents need no copy.
  const copiesTo = bulk.test ? {} : await reachableCopies(deps, account.id, account)
  const planned: PlannedSend[] = []
  const finalisations: Finalisation[] = []
  const reasons: { position: string; reason: WithheldReason }[] = []
  let { left } = day
  let snapshotChars = 0
  let upTo = 0
  for (const collected of listed) {
    const item = current.get(collected.documentId)
    const reason = reasonOf(collected, item, { drafts, all, left })
    if (goes(collected.flags, bulk.leftOut) && reason) reasons.push({ position: collected.position, reason })
    else if (goes(collected.flags, bulk.leftOut) && item) {
      snapshotChars += item.finalisation ? JSON.stringify(item.finalisation.snapshot).length : 0
      if (snapshotChars > MAX_SNAPSHOT_CHARS && finalisations.length > 0) break
      const send = plan(deps, bulk, account, item, { ...day, copiesTo })
      planned.push(send)
      if (item.finalisation) finalisations.push(item.finalisation)
      left -= send.deliveries.length
    }
    upTo++
  }
  return { planned, finalisations, reasons, upTo }
}

function reasonOf(
  collected: BulkDocument,
  item: BulkItem | undefined,
  { drafts, all, left }: { drafts: WithheldReason | undefined; all: WithheldReason | undefined; left: number },
): WithheldReason | undefined {
  const changed = withheldReason(collected, item)
  if (changed) return changed
  if (all) return all
  if (drafts && item?.finalisation) return drafts
  return (item?.recipients.length ?? 0) > left ? 'quota' : undefined
}

/**
 * Returns the quota of the day on which the mails leave. Mails beyond it are left out, so that a bulk send never uses
 * the quota of later days.
 */
async function quotaOf(deps: Deps, bulk: StoredBulkSend, account: StoredAccount) {
  const { id, dailyQuota } = account
  const dueAt = bulk.dueAt ?? deps.now()
  const timeZone = quotaZone(account)
  const { test } = bulk
  const quota = await loadQuota(deps, { accountId: id, leavesAt: dueAt, timeZone, test })
  return { dueAt, left: quotaLeft(quota), countedOn: quotaDay(dueAt, timeZone, test), dailyQuota }
}

type Day = Awaited<ReturnType<typeof quotaOf>>

/**
 * Returns the send of a document. Its id is derived from the bulk send and the document, so that there is never a
 * second one.
 */
function plan(
  deps: Deps,
  { accountId, id, confirmedBy }: StoredBulkSend,
  { settings, mailConnection, recordsEvents }: StoredAccount,
  { documentId, kind, origin, language, recipients }: BulkItem,
  { dueAt, countedOn, dailyQuota, copiesTo }: Day & { copiesTo: CopiesTo },
): PlannedSend {
  const send = {
    ...{
      id: `snd_${bare(id)}_${bare(documentId)}`,
      bulkId: id,
      accountId,
      documentId,
      origin,
      language,
    },
    ...{ subject: null, body: null, attachPdf: settings.attachPdf, scheduledFor: null },
    ...{ createdBy: confirmedBy ?? '', countedOn, dailyQuota, recordsEvents: Boolean(recordsEvents) },
  }
  return planSend(deps, send, recipients, { dueAt, mailConnection, copyTo: copiesTo[kind] })
}

/** Returns an id without its prefix: `doc_01j…` → `01j…`. */
const bare = (id: string): string => id.slice(id.indexOf('_') + 1)
