/** Serves operations as they are described. */
import type { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ApiContext, ApiEnv } from './api-env'
import { requireScope } from './middleware/authenticate'
import { idempotent } from './middleware/idempotent'
import type { Input, Operation, Reply } from './operation'
import { readBody, readQuery } from './parse'

/**
 * Serves an operation: requires its scope, answers repeated POSTs with the first response, reads query and body, and responds with what
 * the handler returns. A handler returns a Response of its own for what is not JSON.
 */
export function serve<O extends Operation>(
  app: Hono<ApiEnv>,
  described: O,
  handle: (c: ApiContext, input: Input<O>) => Promise<Reply<O> | Response>,
): void {
  const steps = [requireScope(described.scope), ...(described.method === 'post' ? [idempotent] : [])]
  app.on([described.method.toUpperCase()], [described.path], ...steps, async (c) => {
    const query = readQuery(c, described.query)
    const body = described.body && !hasOtherBody(c, described) ? await readBody(c, described.body) : undefined
    const reply = await handle(c, { params: c.req.param(), query, body } as Input<O>)
    if (reply instanceof Response) return reply
    return reply === null ? c.body(null, 204) : c.json(reply as object, described.status as ContentfulStatusCode)
  })
}

const hasOtherBody = (c: ApiContext, { bodyTypes = [] }: Operation): boolean => {
  const [type = ''] = (c.req.header('Content-Type') ?? '').toLowerCase().split(';')
  return bodyTypes.includes(type.trim())
}
