/** Limits requests that need no sign-in. A limiter that does not respond refuses the request. */
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { errorEntry } from '../../commands/error-entry'
import { mailboxKey } from '../../domain/email-addresses'
import { networkOf } from '../../domain/network'
import type { AnyContext, AppEnv } from '../app-env'

/**
 * Names a rate limiter. RATE_LIMIT: ten a minute, by client. MAIL_LIMIT: three a minute, by recipient. LINK_LIMIT: a
 * hundred a minute over all customers' links, by network.
 */
type Limiter = 'RATE_LIMIT' | 'MAIL_LIMIT' | 'LINK_LIMIT'

export async function requireWithinLimit(c: AnyContext, limiter: Limiter, key: string): Promise<void> {
  if (!(await isWithinLimit(c, limiter, key))) throw new HTTPException(429)
}

/** Limits mails of one kind to one mailbox, whatever tag its address carries. */
export async function requireMailWithinLimit(c: AnyContext, kind: string, email: string): Promise<void> {
  if (!(await isMailWithinLimit(c, kind, email))) throw new HTTPException(429)
}

/** Returns whether the mail is within the limit, for a page that explains the refusal itself. */
export const isMailWithinLimit = (c: AnyContext, kind: string, email: string): Promise<boolean> =>
  isWithinLimit(c, 'MAIL_LIMIT', `${kind} ${mailboxKey(email)}`)

/** Returns the network of the client, as a part of limiter keys. */
export const networkOfRequest = (c: AnyContext): string => networkOf(c.req.header('CF-Connecting-IP') ?? '')

/** Limits one kind of request by network. Each kind is counted separately. */
export const limitByAddress = (act: string) =>
  createMiddleware<AppEnv>(async (c, next) => {
    await requireWithinLimit(c, 'RATE_LIMIT', `${act} ${networkOfRequest(c)}`)
    await next()
  })

export async function isWithinLimit(c: AnyContext, limiter: Limiter, key: string): Promise<boolean> {
  try {
    return (await c.env[limiter].limit({ key })).success
  } catch (error) {
    c.var.deps.log(errorEntry(error))
    return false
  }
}
