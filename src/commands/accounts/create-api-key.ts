import { findApiKey, insertApiKey } from '../../db/api-keys'
import { runBatch } from '../../db/client'
import { recordEventsOf } from '../../db/webhook-endpoints'
import { type ApiScope, apiKeyPrefix, apiKeyText, MAX_API_KEYS } from '../../domain/api-key'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { hashToken } from '../token'

export interface NewApiKey {
  accountId: string
  actor: string
  /** Carried by the form, so that a form sent twice makes one key. */
  id: string
  name: string
  scopes: ApiScope[]
  test: boolean
}

/** Makes a key and returns its text, which is stored as a hash only and can't be returned again. */
export async function createApiKey(
  deps: Deps,
  { accountId, actor, id, name, scopes, test }: NewApiKey,
): Promise<Result<string, 'api_key_exists' | 'api_keys_full'>> {
  const text = apiKeyText(deps.newToken(), test)
  const prefix = apiKeyPrefix(text)
  const key = { accountId, id, name, prefix, hash: await hashToken(text), scopes, test }
  const changes = [
    { field: 'apiScopes', from: '', to: scopes.join(', ') },
    { field: 'apiMode', from: '', to: test ? 'test' : 'live' },
  ]
  const [inserted] = await runBatch(deps.db, [
    insertApiKey({ ...key, createdAt: deps.now(), createdBy: actor }),
    auditEntry(deps, { accountId, actor, action: 'api_key_created', subject: `${name} (${prefix}…)`, changes }),
    recordEventsOf(accountId),
  ])
  if (inserted?.results.length) return ok(text)
  const exists = (await findApiKey(deps.db, accountId, id)) !== undefined
  return exists ? refuse('api_key_exists') : refuse('api_keys_full', { max: MAX_API_KEYS })
}
