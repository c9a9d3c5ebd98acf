import { findApiKey, markApiKeyRevoked } from '../../db/api-keys'
import { runBatch } from '../../db/client'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/** Revokes a key at once and for good. A repeated request changes nothing. */
export async function revokeApiKey(
  deps: Deps,
  { accountId, actor, id }: { accountId: string; actor: string; id: string },
): Promise<Result<null, 'not_found'>> {
  const key = await findApiKey(deps.db, accountId, id)
  if (!key) return refuse('not_found')
  const subject = `${key.name} (${key.prefix}…)`
  await runBatch(deps.db, [
    markApiKeyRevoked(accountId, id, deps.now()),
    auditEntry(deps, { accountId, actor, action: 'api_key_revoked', subject, changes: [] }),
  ])
  return ok(null)
}
