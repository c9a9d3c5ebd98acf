import { listTextsFor } from '../../db/account-texts'
import { isReachable, runBatch } from '../../db/client'
import { dropSuppressed, findDispatched, loadDispatched } from '../../db/deliveries'
import { listPauses } from '../../db/dispatch'
import { endDeliveries, endedUnsent } from '../../db/end-deliveries'
import { isMade, type LoadedDelivery } from '../../db/loaded-delivery'
import { countFromNow } from '../../db/lost-deliveries'
import type { BrokenDelivery } from '../../db/parse-loaded'
import { putBackResting } from '../../db/resting'
import { stopDeliveries } from '../../db/stopped-sends'
import { isUnattended } from '../../domain/delivery'
import { languageChain } from '../../domain/languages'
import { groupsToPrepare, isBegunTooOften } from '../../domain/lost-delivery'
import { isDoubtful } from '../../domain/repeat'
import { REST_CHECK_MS } from '../../domain/reputation'
import { isTestDocument } from '../../domain/test-mode'
import { mailKindOf } from '../../domain/translation'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { DeliveryRun } from './delivery-run'
import { enqueueDeliveries } from './enqueue'
import { failDeliveries } from './fail-deliveries'
import { failOutsideTests } from './fail-outside-tests'
import { isLasting } from './lasting-error'
import { recordQueueFailure } from './record-queue-failure'
import { routeDeliveries } from './resolve-mail-routes'

/**
 * Sends deliveries that a tick has dispatched. A repeated, late or lost run does no harm: each mail is sent under a claim of its row.
 * @param ids delivery ids of one batch of queue messages; those that one invocation can't send go back onto the queue
 * @param repeated those whose message the queue delivers again, since an earlier invocation did not end
 */
export async function deliver(deps: Deps, ids: string[], repeated: string[] = []): Promise<void> {
  if (repeated.length > 0) await countFromNow(deps.db, repeated)
  const unique = [...new Set(ids)]
  const mine = unique.slice(0, deps.config.DELIVERIES_PER_INVOCATION)
  const later = unique.slice(mine.length)
  if (later.length > 0) await enqueueDeliveries(deps, later)
  await deliverApart(deps, mine)
}

/** Sends deliveries together. If that fails, sends them in halves, down to the one that breaks its batch, so that it does not block the others. */
async function deliverApart(deps: Deps, ids: string[]): Promise<void> {
  try {
    await deliverTogether(deps, ids)
  } catch (error) {
    // If the database is down, splitting the batch can't find the cause.
    if (!(await isReachable(deps.db))) throw error
    deps.log({ ...errorEntry(error), event: 'deliver_failed', count: ids.length })
    if (ids.length === 1) return giveUp(deps, ids, error)
    const middle = Math.ceil(ids.length / 2)
    await deliverApart(deps, ids.slice(0, middle))
    await deliverApart(deps, ids.slice(middle))
  }
}

/**
 * Records a delivery that broke, for `/healthz`, and fails it if it would break every time. After any other error it is dispatched again
 * when its lease ends.
 */
async function giveUp(deps: Deps, ids: string[], error: unknown): Promise<void> {
  await recordQueueFailure(deps, 'consumer', ids.length)
  if (!isLasting(error)) return
  await failDeliveries(deps, await findDispatched(deps.db, ids), 'document_unreadable')
}

/** Ends or puts back what must not be sent, and sends the others. */
async function deliverTogether(deps: Deps, ids: string[]): Promise<void> {
  const found = await loadDispatched(deps.db, ids)
  await failBroken(deps, found.filter(isBroken))
  // A row that was begun too often is being tried elsewhere, or is failed by the next tick.
  const whole = found.filter(isWhole).filter((delivery) => !isBegunTooOften(delivery))
  const loaded = await holdResting(deps, await stopThoseOfClosed(deps, whole))
  await dropThoseSuppressed(deps, loaded)
  const wanted = await failOutsideTests(
    deps,
    loaded.filter((delivery) => delivery.suppressedBy === null),
  )
  const { routes, routed: ready, keys } = await routeDeliveries(deps, wanted)
  if (ready.length === 0) return
  const texts = await listTextsFor(deps.db, ready.flatMap(textKeysOf))
  const run = new DeliveryRun(deps, { texts, routes, keys, states: await listPauses(deps.db, deps.now()) })
  try {
    const left: LoadedDelivery[] = []
    for (const group of groupsToPrepare(ready)) left.push(...(await run.deliverAll(group)))
    await enqueueDeliveries(
      deps,
      left.map(({ id }) => id),
    )
  } finally {
    run.close()
  }
}

const isBroken = (delivery: LoadedDelivery | BrokenDelivery): delivery is BrokenDelivery => 'reason' in delivery
const isWhole = (delivery: LoadedDelivery | BrokenDelivery): delivery is LoadedDelivery => !isBroken(delivery)

/** Fails deliveries whose mail can't be made, since some of its data is missing or unreadable. */
async function failBroken(deps: Deps, broken: BrokenDelivery[]): Promise<void> {
  for (const [reason, deliveries] of Map.groupBy(broken, (delivery) => delivery.reason)) {
    deps.log({ event: 'deliveries_broken', reason, count: deliveries.length })
    await failDeliveries(deps, deliveries, reason)
  }
}

/** Returns the keys of the texts that mails may use. A mail that was attempted before is stored and needs none. */
function textKeysOf(delivery: LoadedDelivery) {
  if (isMade(delivery)) return []
  const { accountId, snapshot, origin, language, languages } = delivery
  const kind = mailKindOf(snapshot.kind, origin)
  return languageChain(languages, language).map((language) => ({ accountId, language, kind }))
}

/** Cancels deliveries of accounts that are being closed. Returns all others. */
async function stopThoseOfClosed(deps: Deps, loaded: LoadedDelivery[]): Promise<LoadedDelivery[]> {
  const closing = Map.groupBy(
    loaded.filter((delivery) => delivery.closing),
    ({ accountId }) => accountId,
  )
  if (closing.size === 0) return loaded
  const now = deps.now()
  await runBatch(
    deps.db,
    [...closing].flatMap(([accountId, waiting]) => stopDeliveries(accountId, waiting, now)),
  )
  return loaded.filter((delivery) => !delivery.closing)
}

/** Puts back bulk and automatic mails of accounts whose mails rest, except tests. Returns all others. */
async function holdResting(deps: Deps, loaded: LoadedDelivery[]): Promise<LoadedDelivery[]> {
  const held = loaded.filter(
    ({ resting, origin, documentId, waitReason }) =>
      resting && isUnattended(origin) && !isTestDocument(documentId) && !isDoubtful(waitReason),
  )
  if (held.length === 0) return loaded
  const ids = held.map(({ id }) => id)
  await putBackResting(deps.db, ids, deps.now() + REST_CHECK_MS)
  return loaded.filter((delivery) => !held.includes(delivery))
}

/** Drops deliveries to suppressed addresses, each with the reason of its suppression. */
async function dropThoseSuppressed(deps: Deps, loaded: LoadedDelivery[]): Promise<void> {
  const suppressed = loaded.filter((delivery) => delivery.suppressedBy !== null)
  if (suppressed.length === 0) return
  const now = deps.now()
  const ends = suppressed.map((delivery) => endedUnsent(delivery, 'dropped', delivery.suppressedBy ?? '', now))
  const ids = suppressed.map((delivery) => delivery.id)
  await runBatch(deps.db, endDeliveries(deps.db, ends, [dropSuppressed(deps.db, ids, now)], now))
}
