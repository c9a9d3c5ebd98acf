import { runBatch } from '../../db/client'
import { failDispatched, type LoadedDelivery } from '../../db/deliveries'
import { type HistoryRow, insertHistory } from '../../db/history'
import { refreshMailStates } from '../../db/mail-state'
import { listAddressesOfMembers } from '../../db/send-context'
import { addressKey } from '../../domain/email-addresses'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'

const REASON = 'test_recipient'

/** Test mails go to the account's own people. Whoever has left since the send was decided gets none; the others are returned. */
export async function failOutsideTests(deps: Deps, ready: LoadedDelivery[]): Promise<LoadedDelivery[]> {
  const leaving = ready.filter(({ documentId, connection }) => isTestDocument(documentId) && connection !== 'simulator')
  if (leaving.length === 0) return ready
  const members = await listAddressesOfMembers(deps.db, [...new Set(leaving.map(({ accountId }) => accountId))])
  const inside = new Set(members.map(({ accountId, email }) => `${accountId} ${addressKey(email)}`))
  const outside = leaving.filter(({ accountId, address }) => !inside.has(`${accountId} ${addressKey(address)}`))
  if (outside.length > 0) await fail(deps, outside)
  return ready.filter((delivery) => !outside.includes(delivery))
}

async function fail(deps: Deps, outside: LoadedDelivery[]): Promise<void> {
  const now = deps.now()
  const ids = outside.map(({ id }) => id)
  const rows = outside.map(
    ({ accountId, documentId, id }): HistoryRow => ({
      ...{ accountId, documentId, id: `his_${id}_failed`, at: now, type: 'failed', actor: '', deliveryId: id },
      data: { reason: REASON },
    }),
  )
  await runBatch(deps.db, [
    failDispatched(deps.db, ids, REASON, now),
    insertHistory(deps.db, rows),
    deps.db.run(refreshMailStates(outside)),
  ])
}
