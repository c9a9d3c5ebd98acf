import { runBatch } from '../../db/client'
import {
  chooseConnections,
  findProviderConnection,
  moveWaiting,
  removeProviderConnection,
} from '../../db/provider-connections'
import type { ConnectionPlace } from '../../domain/provider-connection'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/** Removes an account's mail provider with its secrets. Mails that wait go over the next one, or the deployment's. A repeat changes nothing. */
export async function removeConnection(
  deps: Deps,
  { accountId, actor, place }: { accountId: string; actor: string; place: ConnectionPlace },
): Promise<void> {
  const connection = await findProviderConnection(deps.db, accountId, place)
  if (!connection) return
  const changes = [{ field: 'kind', from: connection.kind, to: '' }]
  await runBatch(deps.db, [
    removeProviderConnection(accountId, place, deps.now()),
    auditEntry(deps, { accountId, actor, action: 'provider_removed', subject: place, changes }),
    chooseConnections(accountId),
    moveWaiting(accountId, connection.id),
  ])
}
