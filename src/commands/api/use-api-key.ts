import type { StoredAccount } from '../../db/accounts'
import { type ApiKey, findApiKeyByHash, markApiKeyUsed } from '../../db/api-keys'
import { isApiKeyText } from '../../domain/api-key'
import type { Deps } from '../deps'
import { hashToken } from '../token'

const DAY_MS = 86_400_000

/** Finds the key with this text and its account. Records the use, at most once a day. Undefined for an unknown or revoked key. */
export async function useApiKey(
  deps: Deps,
  text: string,
): Promise<{ key: ApiKey; account: StoredAccount } | undefined> {
  if (!isApiKeyText(text)) return undefined
  const found = await findApiKeyByHash(deps.db, await hashToken(text))
  if (!found || found.key.revokedAt !== null) return undefined
  const now = deps.now()
  if ((found.key.lastUsedAt ?? 0) <= now - DAY_MS) await markApiKeyUsed(deps.db, found.key, now)
  return found
}
