/** Logs one line per request, with the route's pattern and never the URL, which may hold a token or an address. */
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import type { AppEnv } from '../app-env'

export const requestLog = createMiddleware<AppEnv>(async (c, next) => {
  const startedAt = c.var.deps.now()
  await next()
  const route = matchedRoutes(c)[c.req.routeIndex]?.path ?? ''
  const ms = c.var.deps.now() - startedAt
  c.var.deps.log({ event: 'request', method: c.req.method, route, status: c.res.status, ms })
})
