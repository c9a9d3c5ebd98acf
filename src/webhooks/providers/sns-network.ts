import type { SnsNetwork } from './sns'

const TIMEOUT_MS = 5_000
const MAX_BYTES = 64 * 1024

/** Fetches from Amazon, within five seconds, following no redirect. A certificate has 2 KB. */
export const snsNetwork = (localOrigin?: string): SnsNetwork => ({
  async fetchText(url) {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const length = Number(response.headers.get('content-length') ?? 0)
    if (response.status !== 200 || length > MAX_BYTES) {
      await response.body?.cancel()
      return undefined
    }
    return response.text()
  },
  ...(localOrigin !== undefined && { localOrigin }),
})
