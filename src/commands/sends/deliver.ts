import { listTextsFor } from '../../db/account-texts'
import { runBatch } from '../../db/client'
import { dropSuppressed, type LoadedDelivery, loadDispatched } from '../../db/deliveries'
import { insertHistory } from '../../db/history'
import { refreshMailStates } from '../../db/mail-state'
import { recordProblems } from '../../db/problems'
import { putBackResting } from '../../db/resting'
import { stopDeliveries } from '../../db/stopped-sends'
import { MAX_ATTACHMENTS_MAIL_BYTES, mailBytesOf } from '../../domain/attachment'
import { isUnattended } from '../../domain/delivery'
import { languageChain } from '../../domain/languages'
import { REST_CHECK_MS } from '../../domain/reputation'
import { isTestDocument } from '../../domain/test-mode'
import { MAILS_IN_FLIGHT } from '../../domain/timing'
import { mailKindOf } from '../../domain/translation'
import type { Deps } from '../deps'
import { DeliveryRun } from './delivery-run'
import { enqueueDeliveries } from './enqueue'
import { failOutsideTests } from './fail-outside-tests'

/**
 * Sends what a tick has dispatched. Runs twice, late or not at all without harm: each mail goes out under a claim of its row.
 * @param ids delivery ids of one batch of queue messages; beyond what one invocation may do, they go back onto the queue
 */
export async function deliver(deps: Deps, ids: string[]): Promise<void> {
  const unique = [...new Set(ids)]
  const mine = unique.slice(0, deps.config.DELIVERIES_PER_INVOCATION)
  const later = unique.slice(mine.length)
  if (later.length > 0) await enqueueDeliveries(deps, later)

  const loaded = await holdResting(deps, await stopThoseOfClosed(deps, await loadDispatched(deps.db, mine)))
  await dropThoseSuppressed(deps, loaded)
  const ready = await failOutsideTests(
    deps,
    loaded.filter((delivery) => delivery.suppressedBy === null),
  )
  const run = new DeliveryRun(deps, await listTextsFor(deps.db, ready.flatMap(textKeysOf)))
  try {
    for (const chunk of chunksByWeight(ready)) await run.deliverChunk(chunk)
    await run.putBackPaused(ready)
  } finally {
    run.close()
  }
}

/** As many at once as may be in flight, but large mails fewer at a time: an isolate has 128 MB, and a mail is in it several times over. */
function chunksByWeight(ready: LoadedDelivery[]): LoadedDelivery[][] {
  const chunks: LoadedDelivery[][] = []
  let weight = 0
  for (const delivery of ready) {
    const chunk = chunks.at(-1)
    const own = mailBytesOf(delivery.attachments)
    weight += own
    if (chunk && chunk.length < MAILS_IN_FLIGHT && weight <= MAX_ATTACHMENTS_MAIL_BYTES) chunk.push(delivery)
    else {
      chunks.push([delivery])
      weight = own
    }
  }
  return chunks
}

/** Where the words of a mail may come from. A mail that was attempted before is there already. */
function textKeysOf({ accountId, snapshot, origin, language, languages, linkHash }: LoadedDelivery) {
  if (linkHash !== null) return []
  const kind = mailKindOf(snapshot.kind, origin)
  return languageChain(languages, language).map((language) => ({ accountId, language, kind }))
}

/** Sends that were decided at the moment in which their account was closed; the others are returned. */
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

/** Bulk and automatic mails of accounts that rest wait for their owner; the others are returned. */
async function holdResting(deps: Deps, loaded: LoadedDelivery[]): Promise<LoadedDelivery[]> {
  const held = loaded.filter(
    ({ resting, origin, documentId }) => resting && isUnattended(origin) && !isTestDocument(documentId),
  )
  if (held.length === 0) return loaded
  const ids = held.map(({ id }) => id)
  await putBackResting(deps.db, ids, deps.now() + REST_CHECK_MS)
  return loaded.filter((delivery) => !held.includes(delivery))
}

async function dropThoseSuppressed(deps: Deps, loaded: LoadedDelivery[]): Promise<void> {
  const suppressed = loaded.filter((delivery) => delivery.suppressedBy !== null)
  if (suppressed.length === 0) return
  const now = deps.now()
  const rows = suppressed.map((delivery) => ({
    accountId: delivery.accountId,
    documentId: delivery.documentId,
    id: `his_${delivery.id}_dropped`,
    at: now,
    type: 'dropped' as const,
    actor: '',
    deliveryId: delivery.id,
    data: { reason: delivery.suppressedBy ?? '' },
  }))
  const ids = suppressed.map((delivery) => delivery.id)
  await runBatch(deps.db, [
    dropSuppressed(deps.db, ids, now),
    insertHistory(deps.db, rows),
    ...recordProblems(
      ids.map((deliveryId) => ({ deliveryId, givenUp: false })),
      now,
    ),
    deps.db.run(refreshMailStates(suppressed)),
  ])
}
