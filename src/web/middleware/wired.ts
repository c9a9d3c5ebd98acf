/** Sets `deps` and `auth` for the request. If a variable or secret is missing, every path shows the same error page. */
import { createMiddleware } from 'hono/factory'
import type { Auth } from '../../auth'
import type { Deps } from '../../commands/deps'
import type { Env } from '../../env'
import { routes } from '../../routes'
import type { AppEnv } from '../app-env'
import { misconfiguredPage } from '../error-pages'
import { misconfigured } from '../healthz'

export type Wire = (env: Env) => { deps: Deps; auth: Auth } | { wrong: string[] }

export const wired = (wire: Wire) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const parts = wire(c.env)
    if ('wrong' in parts) {
      console.error(JSON.stringify({ event: 'misconfigured', wrong: parts.wrong.join(' ') }))
      return c.req.path === routes.healthz ? c.json(misconfigured(parts.wrong), 503) : misconfiguredPage(c, parts.wrong)
    }
    c.set('deps', parts.deps)
    c.set('auth', parts.auth)
    await next()
  })
