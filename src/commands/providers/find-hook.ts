import { createHash, timingSafeEqual } from 'node:crypto'
import { findProviderConnectionByHook } from '../../db/provider-connections'
import type { ProviderKind } from '../../domain/provider'
import { DEPLOYMENT, DEPLOYMENT_SECOND } from '../../domain/provider-connection'
import type { Deps } from '../deps'
import { openHookSecret } from './connection-secrets'

export interface Hook {
  connection: string
  kind: ProviderKind
  /** What proves that the provider calls; several while one replaces another. */
  secrets: string[]
}

/** Finds the connections that an address for events belongs to: of the deployment, or an account's, removed ones included. */
export async function findHooks(deps: Deps, token: string): Promise<Hook[]> {
  const own = deploymentHooks(deps).filter((hook) => isSame(hook.token, token))
  if (own.length > 0) return own
  const connection = await findProviderConnectionByHook(deps.db, token)
  if (!connection) return []
  const { id, kind } = connection
  return [{ connection: id, kind, secrets: listed((await openHookSecret(deps, connection)) ?? '') }]
}

function deploymentHooks({ config }: Deps): (Hook & { token: string })[] {
  const { provider, secondProvider } = config
  const first = { connection: DEPLOYMENT, kind: provider.kind, token: config.MAIL_HOOK_TOKEN }
  const second = secondProvider && {
    ...{ connection: DEPLOYMENT_SECOND, kind: secondProvider.kind, token: config.SECOND_MAIL_HOOK_TOKEN },
    secrets: listed(config.SECOND_MAIL_HOOK_SECRET),
  }
  return [{ ...first, secrets: listed(config.MAIL_HOOK_SECRET) }, ...(second ? [second] : [])]
}

/** Splits a list. A comma is part of no key, ARN or token. */
const listed = (secrets: string): string[] =>
  secrets
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')

/** Compares hashes, in constant time. An empty token matches none. */
const isSame = (token: string, given: string): boolean => token !== '' && timingSafeEqual(hashOf(token), hashOf(given))

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()
