/**
 * Prevents cross-site request forgery: refuses unsafe requests that do not come from Facteur's pages. Browsers name the
 * source in Sec-Fetch-Site, older ones in Origin (which is `null` under a no-referrer policy). A request with neither
 * comes from a program and passes if it has no cookie. Customers' links are exempt: the token in the path authorises
 * the request, and mail programs post to them without an origin (RFC 8058).
 */
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../app-env'

const SAFE = ['GET', 'HEAD', 'OPTIONS']

export const requireSameOrigin = (exempt: RegExp) =>
  createMiddleware<AppEnv>(async (c, next) => {
    if (!SAFE.includes(c.req.method) && !exempt.test(c.req.path)) {
      const allowedOrigins = [new URL(c.req.url).origin, new URL(c.var.deps.config.APP_URL).origin]
      if (!isSameOrigin(c.req.raw.headers, allowedOrigins)) throw new HTTPException(403)
    }
    await next()
  })

function isSameOrigin(headers: Headers, allowedOrigins: string[]): boolean {
  const site = headers.get('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  if (origin) return allowedOrigins.includes(origin)
  return !headers.has('cookie')
}
