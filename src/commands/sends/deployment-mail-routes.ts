/** Lists the deployment's own connections. */
import {
  connectionFor,
  DEPLOYMENT,
  DEPLOYMENT_SECOND,
  type MailRoute,
  SIMULATOR,
} from '../../domain/provider-connection'
import type { Config } from '../../env'

const SIMULATED: MailRoute = { connection: SIMULATOR, settings: undefined, sender: null }

/** Returns the simulator, the deployment's provider, and its second one if it has one. */
export function deploymentRoutes({ provider, secondProvider }: Config): [MailRoute, MailRoute, ...MailRoute[]] {
  const first = { connection: DEPLOYMENT, settings: provider, sender: null }
  const second = secondProvider && { connection: DEPLOYMENT_SECOND, settings: secondProvider, sender: null }
  return [SIMULATED, first, ...(second ? [second] : [])]
}

/** Returns the routes of Facteur's own mails to an address, in the order to try them. */
export function noticeRoutes(config: Config, to: string): [MailRoute, ...MailRoute[]] {
  const [simulator, ...real] = deploymentRoutes(config)
  return connectionFor(to) === SIMULATOR ? [simulator] : real
}

/** Tells whether a connection is Cloudflare's: its events name no id of ours. */
export const namesOnlyItsOwnIds = (config: Config, connection: string): boolean =>
  cloudflareConnections(config).includes(connection)

/** Returns the connections whose events come through Cloudflare's queue. */
export const cloudflareConnections = (config: Config): string[] =>
  deploymentRoutes(config)
    .filter(({ settings }) => settings?.kind === 'cloudflare')
    .map(({ connection }) => connection)
