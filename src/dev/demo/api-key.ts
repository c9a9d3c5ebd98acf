/** Gives the demo an API key whose text follows from this machine's secret, so that every start can print it and no other machine knows it. */
import { createApiKey } from '../../commands/accounts/create-api-key'
import type { Deps } from '../../commands/deps'
import { API_SCOPES, apiKeyText } from '../../domain/api-key'

const ID = 'key_demo'
const TOKEN_BYTES = 16

/** Makes the key, unless it exists or was revoked, and returns its text. */
export async function demoApiKey(deps: Deps, accountId: string, actor: string): Promise<string> {
  const token = await tokenFrom(deps.config.AUTH_SECRET)
  const key = { id: ID, name: 'Demo', scopes: [...API_SCOPES], test: false }
  await createApiKey({ ...deps, newToken: () => token }, { accountId, actor, ...key })
  return apiKeyText(token, false)
}

async function tokenFrom(secret: string): Promise<string> {
  const text = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const signed = new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode('API key of the demo')))
  return signed.subarray(0, TOKEN_BYTES).toBase64({ alphabet: 'base64url', omitPadding: true })
}
