/** Test mode is a way of looking at one account, in one browser, until it is closed: nothing of it is stored with us. */
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
