import { runBatch } from '../../db/client'
import type { LoadedDelivery } from '../../db/loaded-delivery'
import {
  chooseConnections,
  listConnectionsById,
  type ProviderConnection,
  rerouteDispatched,
  updateProviderConnection,
} from '../../db/provider-connections'
import type { SizeLimits } from '../../domain/attachment'
import { PROVIDERS } from '../../domain/provider'
import { type MailRoute, PLAIN_RETURN_PATH, type ProviderSettings, SIMULATOR } from '../../domain/provider-connection'
import { domainOf } from '../../domain/sender-domain'
import type { DkimKey } from '../../mail/dkim'
import type { Deps } from '../deps'
import { openSettings } from '../providers/connection-secrets'
import { openSigningKeys, platformKey } from '../providers/sender-keys'
import { deploymentRoutes } from './deployment-mail-routes'
import { endDoubtful } from './end-doubtful'

export type Routes = Map<string, MailRoute>

/** Returns the routes of these connections; one that is removed or can't be opened is missing. Reads nothing for the deployment's own. */
export async function resolveRoutes(deps: Deps, connections: readonly string[]): Promise<Routes> {
  const routes: Routes = new Map(deploymentRoutes(deps.config).map((route) => [route.connection, route]))
  const others = [...new Set(connections)].filter((connection) => !routes.has(connection))
  if (others.length === 0) return routes
  for (const connection of await listConnectionsById(deps.db, others)) {
    const settings = await openSettings(deps, connection)
    if (settings) routes.set(connection.id, routeOf(connection, settings))
    else if (connection.removedAt === null) await retire(deps, connection)
  }
  return routes
}

const routeOf = (
  { id, settings: { from, returnPath } }: ProviderConnection,
  settings: ProviderSettings,
): MailRoute => ({
  ...{ connection: id, settings, sender: from },
  plainReturnPath: returnPath === PLAIN_RETURN_PATH,
})

/** Stops using a connection whose secrets can't be decrypted, until somebody saves and tests it again. */
const retire = (deps: Deps, connection: ProviderConnection) =>
  runBatch(deps.db, [
    updateProviderConnection(deps.db, connection, { workingAt: null, testOutcome: 'secret_unreadable' }, deps.now()),
    chooseConnections(connection.accountId),
  ])

/** Puts mails of missing connections back, to leave over the one that carries their account's mails now. Returns all others, with their From address. */
export async function routeDeliveries(
  deps: Deps,
  deliveries: LoadedDelivery[],
): Promise<{ routes: Routes; routed: LoadedDelivery[]; keys: SigningKeys }> {
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
  const keys = await openKeys(deps, certain, routes)
  const routed = certain
    .filter(({ connection }) => routes.has(connection))
    .map((delivery) => ({ ...delivery, sender: senderOf(delivery, routes, keys), limits: limitsOf(routes, delivery) }))
  return { routes, routed, keys }
}

function limitsOf(routes: Routes, { connection }: LoadedDelivery): SizeLimits | undefined {
  const kind = routes.get(connection)?.settings?.kind
  return kind && PROVIDERS[kind]
}

/** What signs mails over SMTP: the platform's key, and those of accounts. */
export interface SigningKeys {
  platform: DkimKey | undefined
  ofAccounts: Map<string, DkimKey>
}

/** Returns the key that signs mails from this address; undefined where there is none of its domain. */
export function keyFor({ platform, ofAccounts }: SigningKeys, { accountId, sender }: Sender): DkimKey | undefined {
  if (sender === null) return platform
  const key = ofAccounts.get(accountId)
  return key?.domain === domainOf(sender) ? key : undefined
}

type Sender = Pick<LoadedDelivery, 'accountId' | 'sender'>

/** Reads the keys of accounts with an address of their own, in one query; none for a batch without SMTP. */
async function openKeys(deps: Deps, deliveries: LoadedDelivery[], routes: Routes): Promise<SigningKeys> {
  const signed = deliveries.filter(
    ({ connection, sender }) => isSmtp(routes.get(connection)) && (routes.get(connection)?.sender ?? sender) !== null,
  )
  const accountIds = [...new Set(signed.map(({ accountId }) => accountId))]
  return { platform: await platformKey(deps.config), ofAccounts: await openSigningKeys(deps, accountIds) }
}

/**
 * Returns a mail's From address. Over the deployment's mail server it is the account's own only with its signature: without one, and over
 * the deployment's providers that don't know the domain, receivers would refuse it.
 */
function senderOf(delivery: LoadedDelivery, routes: Routes, keys: SigningKeys): string | null {
  const route = routes.get(delivery.connection)
  if (route?.sender) return route.sender
  if (delivery.connection === SIMULATOR) return delivery.sender
  return isSmtp(route) && keyFor(keys, delivery) ? delivery.sender : null
}

const isSmtp = (route: MailRoute | undefined): boolean => route?.settings?.kind === 'smtp'
