/** Sets `deps` and `auth` for the request. If a variable or secret is missing, every path says so: pages to people, problem details to programs. */
import { createMiddleware } from 'hono/factory'
import type { Auth } from '../../auth'
import type { Deps } from '../../commands/deps'
import type { Env } from '../../env'
import { routes } from '../../routes'
import type { AnyContext, AppEnv } from '../app-env'
import { misconfiguredPage } from '../error-pages'
import { misconfigured } from '../healthz'

export type Wire = (env: Env) => { deps: Deps; auth: Auth } | { wrong: string[] }

const FOR_PROGRAMS = /^\/(api|webhooks)\//

export const wired = (wire: Wire) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const parts = wire(c.env)
    if ('wrong' in parts) {
      console.error(JSON.stringify({ event: 'misconfigured', wrong: parts.wrong.join(' ') }))
      if (c.req.path === routes.healthz) return c.json(misconfigured(parts.wrong), 503)
      return FOR_PROGRAMS.test(c.req.path) ? unavailable(c) : misconfiguredPage(c, parts.wrong)
    }
    c.set('deps', parts.deps)
    c.set('auth', parts.auth)
    await next()
  })

/** Responds with problem details (RFC 9457). */
const unavailable = (c: AnyContext): Response =>
  c.body(JSON.stringify({ type: 'about:blank', title: 'Service Unavailable', status: 503 }), 503, {
    'Content-Type': 'application/problem+json',
  })
