/**
 * Responds to a repeated POST with the first response (draft-ietf-httpapi-idempotency-key-header). Comes after `requireScope`, since what
 * one key was answered is not for every other.
 */
import { createMiddleware } from 'hono/factory'
import { claimIdempotencyKey } from '../../commands/api/claim-idempotency-key'
import { finishIdempotencyKey } from '../../commands/api/finish-idempotency-key'
import type { IdPrefix } from '../../commands/deps'
import { hashToken } from '../../commands/token'
import type { ApiContext, ApiEnv } from '../api-env'
import { Problem } from '../problem'

const KEPT_HEADERS = ['Content-Type', 'Location', 'ETag'] as const

export const idempotent = createMiddleware<ApiEnv>(async (c, next) => {
  const header = c.req.header('Idempotency-Key')
  if (header === undefined) return next()
  const { deps, key: apiKey } = c.var
  const ref = { accountId: apiKey.accountId, test: apiKey.test, key: readKey(header) }
  const claimed = await claimIdempotencyKey(deps, { ...ref, fingerprint: await fingerprintOf(c) })
  if (!claimed.ok)
    throw claimed.reason === 'key_reused'
      ? new Problem('idempotency_key_reused')
      : new Problem('request_in_progress', { headers: { 'Retry-After': '5' } })
  if ('response' in claimed.value) {
    const { status, headers, body } = claimed.value.response
    const kept = { ...headers, 'Idempotency-Replayed': 'true' }
    return new Response(body, { status: status ?? 200, headers: kept })
  }
  c.set('ulid', claimed.value.ulid)
  await next()
  await finishIdempotencyKey(deps, ref, c.res.status < 500 ? await responseOf(c.res) : undefined)
})

/** Returns an id for what a request makes, one of each prefix: a repeated request gets the same. */
export const idFor = (c: ApiContext, prefix: IdPrefix): string =>
  c.var.ulid === undefined ? c.var.deps.newId(prefix) : `${prefix}_${c.var.ulid}`

/** Reads the key, with or without the quotes of a structured field. */
function readKey(header: string): string {
  const key = header.replace(/^"(.*)"$/, '$1')
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) throw new Problem('idempotency_key_invalid')
  return key
}

async function fingerprintOf(c: ApiContext): Promise<string> {
  const { pathname, search } = new URL(c.req.url)
  const body = new Uint8Array(await crypto.subtle.digest('SHA-256', await c.req.arrayBuffer())).toHex()
  return hashToken(`${c.req.method} ${pathname}${search} ${c.req.header('Content-Type') ?? ''} ${body}`)
}

async function responseOf(response: Response) {
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = response.headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  const headers: Record<string, string> = Object.fromEntries(kept)
  return { status: response.status, headers, body: await response.clone().text() }
}
