import { runBatch } from '../../db/client'
import { findStripeConnection, updateStripeConnection } from '../../db/stripe'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { type SecretColumn, sealStripeSecret } from './stripe-secrets'

const HIDDEN = '•••'

/** Saves the given secrets, sealed. Omitted ones stay unchanged. */
export async function saveStripeSecrets(
  deps: Deps,
  { accountId, actor }: { accountId: string; actor: string },
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
