/** Finds the key of a request (RFC 6750), and requires the scope that a request takes. */
import { createMiddleware } from 'hono/factory'
import { useApiKey } from '../../commands/api/use-api-key'
import type { ApiScope } from '../../domain/api-key'
import type { ApiEnv } from '../api-env'
import { Problem } from '../problem'

export const authenticate = createMiddleware<ApiEnv>(async (c, next) => {
  const [, text] = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '') ?? []
  if (!text) throw unauthorized('key_missing', '')
  const found = await useApiKey(c.var.deps, text)
  if (!found) throw unauthorized('key_unknown', ', error="invalid_token"')
  c.set('key', found.key)
  c.set('account', found.account)
  await next()
})

const unauthorized = (code: 'key_missing' | 'key_unknown', error: string): Problem =>
  new Problem(code, { headers: { 'WWW-Authenticate': `Bearer realm="Facteur"${error}` } })

const READS = ['GET', 'HEAD']

/** Lets only keys with this scope pass, and changes an account only while it is not being closed. */
export const requireScope = (scope: ApiScope) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    if (!c.var.key.scopes.includes(scope))
      throw new Problem('scope_missing', {
        detail: `It takes the scope ${scope}.`,
        headers: { 'WWW-Authenticate': `Bearer realm="Facteur", error="insufficient_scope", scope="${scope}"` },
      })
    if (scope !== 'read' && !READS.includes(c.req.method) && c.var.account.closingAt !== null)
      throw new Problem('account_closing')
    await next()
  })
