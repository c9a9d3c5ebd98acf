import { runBatch } from '../../db/client'
import {
  deleteStripeConnection,
  findStripeConnection,
  insertStripeConnection,
  updateStripeConnection,
} from '../../db/stripe'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { type SecretColumn, sealStripeSecret } from './stripe-secrets'

interface By {
  accountId: string
  actor: string
}

/** Creates the address that Stripe calls for this account. A second call keeps the first address. */
export async function connectStripe(deps: Deps, { accountId, actor }: By): Promise<void> {
  await runBatch(deps.db, [
    insertStripeConnection(deps.db, accountId, deps.newToken(), deps.now()),
    auditEntry(deps, { accountId, actor, action: 'stripe_connected', subject: '', changes: [] }),
  ])
}

/** Saves the given secrets, sealed. Omitted ones stay unchanged. */
export async function saveStripeSecrets(
  deps: Deps,
  { accountId, actor }: By,
  given: Partial<Record<SecretColumn, string>>,
): Promise<void> {
  const columns = Object.entries(given) as [SecretColumn, string][]
  if (columns.length === 0) return
  const before = await findStripeConnection(deps.db, accountId)
  const sealed = await Promise.all(
    columns.map(async ([column, secret]) => [column, await sealStripeSecret(deps, accountId, column, secret)] as const),
  )
  const changes = columns.map(([column]) => ({
    field: `stripe.${column}`,
    from: before?.[column] ? HIDDEN : '',
    to: HIDDEN,
  }))
  await runBatch(deps.db, [
    updateStripeConnection(deps.db, accountId, Object.fromEntries(sealed), deps.now()),
    auditEntry(deps, { accountId, actor, action: 'stripe_saved', subject: '', changes }),
  ])
}

const HIDDEN = '•••'

/** Deletes address and secrets, so that calls of Stripe get 404. Recorded events stay. */
export async function disconnectStripe(deps: Deps, { accountId, actor }: By): Promise<void> {
  await runBatch(deps.db, [
    deleteStripeConnection(deps.db, accountId),
    auditEntry(deps, { accountId, actor, action: 'stripe_disconnected', subject: '', changes: [] }),
  ])
}
