/** Reads and sets test mode, which is a cookie for one account that ends with the browser session. The server stores nothing. */
import { getCookie, setCookie } from 'hono/cookie'
import type { AnyContext } from '../app-env'

const COOKIE = 'facteur-test'

/** Returns whether the cookie names this account. In another account the browser is in live mode. */
export const isInTestMode = (c: AnyContext, accountId: string): boolean => getCookie(c, COOKIE, 'host') === accountId

export function setTestMode(c: AnyContext, accountId: string, on: boolean): void {
  setCookie(c, COOKIE, on ? accountId : '', {
    prefix: 'host',
    httpOnly: true,
    sameSite: 'Lax',
    ...(!on && { maxAge: 0 }),
  })
}
