/** Remembers the people who have signed in with this browser, only in a signed cookie. */
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { AnyContext } from '../app-env'

const COOKIE = 'facteur-device'
/** Age at which browsers delete any cookie. */
const MAX_AGE_SECONDS = 400 * 86_400
const MAX_PEOPLE = 10
const SEPARATOR = '~'

/** Adds the person to the cookie. Returns whether it contained them already. */
export async function rememberDevice(c: AnyContext, userId: string): Promise<boolean> {
  const secret = c.var.deps.config.AUTH_SECRET
  const people = ((await getSignedCookie(c, secret, COOKIE, 'host')) || '').split(SEPARATOR).filter(Boolean)
  const kept = [userId, ...people.filter((id) => id !== userId)].slice(0, MAX_PEOPLE)
  await setSignedCookie(c, COOKIE, kept.join(SEPARATOR), secret, {
    ...{ prefix: 'host', maxAge: MAX_AGE_SECONDS, httpOnly: true, sameSite: 'Lax' },
  })
  return people.includes(userId)
}
