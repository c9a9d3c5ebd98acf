/** Remembers who has signed in with this browser before, in a signed cookie and nowhere else. */
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { AnyContext } from '../app-env'

const COOKIE = 'facteur-device'
/** Browsers keep no cookie longer. */
const KEPT_SECONDS = 400 * 86_400
const MAX_PEOPLE = 10
const SEPARATOR = '~'

/** Returns whether this browser was known for the person, and makes it known from now on. */
export async function rememberDevice(c: AnyContext, userId: string): Promise<boolean> {
  const secret = c.var.deps.config.AUTH_SECRET
  const people = ((await getSignedCookie(c, secret, COOKIE, 'host')) || '').split(SEPARATOR).filter(Boolean)
  const kept = [userId, ...people.filter((id) => id !== userId)].slice(0, MAX_PEOPLE)
  await setSignedCookie(c, COOKIE, kept.join(SEPARATOR), secret, {
    ...{ prefix: 'host', maxAge: KEPT_SECONDS, httpOnly: true, sameSite: 'Lax' },
  })
  return people.includes(userId)
}
