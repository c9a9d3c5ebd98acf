import { runBatch } from '../../db/client'
import type { LoadedDelivery } from '../../db/loaded-delivery'
import {
  chooseConnections,
  listConnectionsById,
  type ProviderConnection,
  rerouteDispatched,
  updateProviderConnection,
} from '../../db/provider-connections'
import type { MailRoute } from '../../domain/provider-connection'
import type { Deps } from '../deps'
import { openSettings } from '../providers/connection-secrets'
import { deploymentRoutes } from './deployment-routes'
import { endDoubtful } from './end-doubtful'

export type Routes = Map<string, MailRoute>

/** Returns the routes of these connections; one that is removed or can't be opened is missing. Reads nothing for the deployment's own. */
export async function resolveRoutes(deps: Deps, connections: readonly string[]): Promise<Routes> {
  const routes: Routes = new Map(deploymentRoutes(deps.config).map((route) => [route.connection, route]))
  const others = [...new Set(connections)].filter((connection) => !routes.has(connection))
  if (others.length === 0) return routes
  for (const connection of await listConnectionsById(deps.db, others)) {
    const settings = await openSettings(deps, connection)
    if (settings) routes.set(connection.id, { connection: connection.id, settings, sender: connection.settings.from })
    else if (connection.removedAt === null) await retire(deps, connection)
  }
  return routes
}

/** Lets a connection whose secrets can't be opened any more carry no mails, until somebody saves and tests it again. */
const retire = (deps: Deps, connection: ProviderConnection) =>
  runBatch(deps.db, [
    updateProviderConnection(deps.db, connection, { workingAt: null, testOutcome: 'secret_unreadable' }, deps.now()),
    chooseConnections(connection.accountId),
  ])

/** Puts mails of missing connections back, to leave over the one that carries their account's mails now. Returns all others, with their From address. */
export async function routeDeliveries(
  deps: Deps,
  deliveries: LoadedDelivery[],
): Promise<{ routes: Routes; routed: LoadedDelivery[] }> {
  const routes = await resolveRoutes(
    deps,
    deliveries.map(({ connection }) => connection),
  )
  const certain = await endDoubtful(deps, routes, deliveries)
  const lost = certain.filter(({ connection }) => !routes.has(connection))
  if (lost.length > 0) {
    const ids = lost.map(({ id }) => id)
    await runBatch(deps.db, [rerouteDispatched(ids, deps.now())])
    deps.log({ event: 'deliveries_rerouted', count: lost.length })
  }
  const routed = certain
    .filter(({ connection }) => routes.has(connection))
    .map((delivery) => ({ ...delivery, sender: routes.get(delivery.connection)?.sender ?? delivery.sender }))
  return { routes, routed }
}
