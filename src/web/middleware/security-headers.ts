/** Sets security headers on every response. Keeps a header that the handler has set, as for a mail in its frame. */
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../app-env'

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Pages are private, and "back" after signing out must not show them.
  'Cache-Control': 'private, no-store',
}

export const securityHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(HEADERS)) if (!c.res.headers.has(name)) c.header(name, value)
  if (c.var.deps.config.ENVIRONMENT === 'production')
    c.header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
})
