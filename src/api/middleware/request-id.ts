/** Gives each request an id, which the response, its problem and the log name. */
import { createMiddleware } from 'hono/factory'
import type { ApiEnv } from '../api-env'

export const requestId = createMiddleware<ApiEnv>(async (c, next) => {
  c.set('requestId', c.var.deps.newId('req'))
  c.header('Request-Id', c.var.requestId)
  await next()
  c.header('Request-Id', c.var.requestId)
})
