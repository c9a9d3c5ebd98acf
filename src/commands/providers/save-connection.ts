import { runBatch } from '../../db/client'
import {
  chooseConnections,
  findProviderConnection,
  insertProviderConnection,
  moveWaiting,
  removeProviderConnection,
  updateProviderConnection,
} from '../../db/provider-connections'
import { changesBetween } from '../../domain/audit'
import type { AccountProvider, ConnectionPlace, PublicSettings } from '../../domain/provider-connection'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { openSecrets, sealHookSecret, sealSecrets } from './connection-secrets'

export interface ConnectionInput {
  accountId: string
  actor: string
  place: ConnectionPlace
  kind: AccountProvider
  settings: PublicSettings
  /** By field; an empty one keeps what is saved. */
  secrets: Record<string, string>
  /** What proves that events come from the provider; empty keeps what is saved. */
  hookSecret: string
}

/**
 * Saves an account's mail provider. Another provider, or another account at it, becomes a new connection with an address of its own for
 * events; the old one is removed. A connection carries mails only after a test mail was accepted over it as it is set up now.
 */
export async function saveConnection(
  deps: Deps,
  input: ConnectionInput,
): Promise<Result<{ id: string }, 'secret_missing'>> {
  const { accountId, actor, place, kind, settings } = input
  const { db } = deps
  const now = deps.now()
  const before = await findProviderConnection(db, accountId, place)
  const kept = before?.kind === kind ? before : undefined
  const saved = kept && (await openSecrets(deps, kept))
  const given = Object.fromEntries(Object.entries(input.secrets).filter(([, secret]) => secret !== ''))
  const missing = Object.keys(input.secrets).find(
    (name) => !(name in given) && !saved?.[name] && isRequired(kind, name),
  )
  if (missing) return refuse('secret_missing', { field: missing })

  const id = kept?.id ?? deps.newId('mcn')
  const ref = { id, accountId }
  const columns = {
    settings,
    secrets: await sealSecrets(deps, ref, { ...saved, ...given }),
    ...(input.hookSecret !== '' && { hookSecret: await sealHookSecret(deps, ref, input.hookSecret) }),
  }
  const isChanged = !kept || Object.keys(given).length > 0 || JSON.stringify(kept.settings) !== JSON.stringify(settings)
  const untested = isChanged && { testedAt: null, testOutcome: null, testText: null, workingAt: null }
  const changes = changesBetween(before ? { kind: before.kind, ...before.settings } : {}, {
    kind,
    ...settings,
    ...(Object.keys(given).length > 0 && { secret: 'new' }),
  })
  await runBatch(db, [
    ...(kept
      ? [updateProviderConnection(db, ref, { ...columns, ...untested }, now)]
      : [
          removeProviderConnection(accountId, place, now),
          insertProviderConnection(db, {
            ...{ ...ref, place, kind, ...columns, hook: deps.newToken(), createdAt: now, updatedAt: now },
          }),
        ]),
    auditEntry(deps, { accountId, actor, action: 'provider_saved', subject: place, changes }),
    chooseConnections(accountId),
    ...(before && isChanged ? [moveWaiting(accountId, before.id)] : []),
  ])
  return ok({ id })
}

/** Returns whether a field is required: all are, except the password of a mail server. */
const isRequired = (kind: AccountProvider, name: string): boolean => !(kind === 'smtp' && name === 'pass')
