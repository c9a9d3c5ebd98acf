import { listConnectionsById } from '../../db/provider-connections'
import { PROVIDERS, type ProviderKind } from '../../domain/provider'
import { DISPATCH_PER_TICK, TICK_MS } from '../../domain/timing'
import type { Config } from '../../env'
import type { Deps } from '../deps'
import { deploymentRoutes } from './deployment-mail-routes'

/** Returns how many mails each connection can take until the next tick; one whose provider is unknown is missing. */
export async function mailsPerTick(deps: Deps, connections: readonly string[]): Promise<Map<string, number>> {
  const rates = new Map<string, number>()
  const ofDeployment = new Set<string>()
  for (const { connection, settings } of deploymentRoutes(deps.config)) {
    ofDeployment.add(connection)
    if (settings) rates.set(connection, perTick(deps.config, settings.kind))
  }
  const ofAccounts = connections.filter((connection) => !ofDeployment.has(connection))
  if (ofAccounts.length === 0) return rates
  for (const { id, kind } of await listConnectionsById(deps.db, ofAccounts)) rates.set(id, perTick(deps.config, kind))
  return rates
}

function perTick({ PROVIDER_RATES }: Config, kind: ProviderKind): number {
  const perSecond = PROVIDER_RATES[kind] ?? PROVIDERS[kind].perSecond
  return perSecond === undefined
    ? DISPATCH_PER_TICK
    : Math.min(DISPATCH_PER_TICK, Math.max(1, Math.floor((perSecond * TICK_MS) / 1_000)))
}
