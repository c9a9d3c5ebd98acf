import type { LoadedDelivery } from '../../db/loaded-delivery'
import { listAddressesOfMembers } from '../../db/send-context'
import { addressKey } from '../../domain/email-addresses'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { failDeliveries } from './fail-deliveries'

/** Fails test mails to people who have left the account since the send was queued. Returns all other deliveries. */
export async function failOutsideTests(deps: Deps, ready: LoadedDelivery[]): Promise<LoadedDelivery[]> {
  const leaving = ready.filter(({ documentId, connection }) => isTestDocument(documentId) && connection !== 'simulator')
  if (leaving.length === 0) return ready
  const members = await listAddressesOfMembers(deps.db, [...new Set(leaving.map(({ accountId }) => accountId))])
  const inside = new Set(members.map(({ accountId, email }) => `${accountId} ${addressKey(email)}`))
  const outside = leaving.filter(({ accountId, address }) => !inside.has(`${accountId} ${addressKey(address)}`))
  await failDeliveries(deps, outside, 'test_recipient')
  return ready.filter((delivery) => !outside.includes(delivery))
}
