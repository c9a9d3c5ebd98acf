/** Brakes for what anybody may ask for. One that does not answer refuses: better late than a flood. */
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { errorEntry } from '../../commands/error-entry'
import type { AnyContext, AppEnv } from '../app-env'

/** RATE_LIMIT: ten a minute, by who asks. MAIL_LIMIT: three a minute, by who would get mail. */
type Limiter = 'RATE_LIMIT' | 'MAIL_LIMIT'

export async function requireWithinLimit(c: AnyContext, limiter: Limiter, key: string): Promise<void> {
  if (!(await isWithinLimit(c, limiter, key))) throw new HTTPException(429)
}

/** By address and act; the keys of two acts don't meet. */
export const limitByAddress = (act: string) =>
  createMiddleware<AppEnv>(async (c, next) => {
    await requireWithinLimit(c, 'RATE_LIMIT', `${act} ${c.req.header('CF-Connecting-IP') ?? ''}`)
    await next()
  })

async function isWithinLimit(c: AnyContext, limiter: Limiter, key: string): Promise<boolean> {
  try {
    return (await c.env[limiter].limit({ key })).success
  } catch (error) {
    c.var.deps.log(errorEntry(error))
    return false
  }
}
