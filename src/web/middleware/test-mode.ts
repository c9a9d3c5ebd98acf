/** Reads and sets test mode: a cookie for one account that ends with the browser session. The server stores nothing. */
import { getCookie, setCookie } from 'hono/cookie'
import type { AnyContext } from '../app-env'

const COOKIE = 'facteur-test'

/** The cookie names the account, so that changing to another account is changing to live. */
export const isInTestMode = (c: AnyContext, accountId: string): boolean => getCookie(c, COOKIE, 'host') === accountId

export function setTestMode(c: AnyContext, accountId: string, on: boolean): void {
  setCookie(c, COOKIE, on ? accountId : '', {
    prefix: 'host',
    httpOnly: true,
    sameSite: 'Lax',
    ...(!on && { maxAge: 0 }),
  })
}
