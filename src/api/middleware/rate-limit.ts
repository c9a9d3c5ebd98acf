/**
 * Limits the calls of a key. The platform's limiter decides, and says only yes or no; what is left is therefore what this isolate has
 * seen itself, which is exact as long as one isolate serves the key. (`RateLimit` is a hint: draft-ietf-httpapi-ratelimit-headers.)
 */
import { createMiddleware } from 'hono/factory'
import { errorEntry } from '../../commands/error-entry'
import { API_CALLS_A_WINDOW, API_WINDOW_S } from '../../domain/api-key'
import type { ApiContext, ApiEnv } from '../api-env'
import { Problem } from '../problem'

const POLICY = `"key";q=${API_CALLS_A_WINDOW};w=${API_WINDOW_S}`

/** Calls of the current window by key id. */
const calls = new Map<string, number>()
let currentWindow = 0

export const rateLimit = createMiddleware<ApiEnv>(async (c, next) => {
  const seconds = Math.floor(c.var.deps.now() / 1000)
  const used = countCall(c.var.key.id, Math.floor(seconds / API_WINDOW_S))
  const allowed = used <= API_CALLS_A_WINDOW && (await isAllowed(c))
  const left = allowed ? API_CALLS_A_WINDOW - used : 0
  const resetsIn = API_WINDOW_S - (seconds % API_WINDOW_S)
  c.header('RateLimit-Policy', POLICY)
  c.header('RateLimit', `"key";r=${left};t=${resetsIn}`)
  if (!allowed) throw new Problem('rate_limited', { headers: { 'Retry-After': String(resetsIn) } })
  await next()
})

function countCall(key: string, window: number): number {
  if (window !== currentWindow) calls.clear()
  currentWindow = window
  const count = (calls.get(key) ?? 0) + 1
  calls.set(key, count)
  return count
}

/** Asks the platform's limiter. One that does not respond refuses. */
async function isAllowed(c: ApiContext): Promise<boolean> {
  try {
    return (await c.env.API_LIMIT.limit({ key: c.var.key.id })).success
  } catch (error) {
    c.var.deps.log(errorEntry(error))
    return false
  }
}
