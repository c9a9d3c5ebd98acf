/** Starts the session after better-auth has verified a link or a passkey. */
import * as v from 'valibot'
import { beginSession } from '../../commands/accounts/begin-session'
import { mailNewDevice } from '../../commands/accounts/mail-new-device'
import type { AnyContext } from '../app-env'
import { afterResponse } from '../ui/after-response'
import { rememberDevice } from './known-device'

const Verified = v.object({ session: v.object({ id: v.string(), userId: v.string() }) })

export interface NewSession {
  sessionId: string
  userId: string
}

/**
 * Sets the new session's cookie, ends the session that it replaces in this browser, and mails the person if they have not signed
 * in with this browser before.
 * @param verified better-auth's response to a valid link or passkey
 * @param replacedId id of the session that this browser had until now
 */
export async function startSession(
  c: AnyContext,
  verified: Response,
  replacedId?: string | undefined,
): Promise<NewSession> {
  passCookies(c, verified)
  const { session } = v.parse(Verified, await verified.json())
  const started = { sessionId: session.id, userId: session.userId }
  await beginSession(c.var.deps, { ...started, replacedId })
  const { deps, language } = c.var
  const device = { userId: started.userId, userAgent: c.req.header('User-Agent'), language }
  if (!(await rememberDevice(c, started.userId))) afterResponse(c, mailNewDevice(deps, device))
  return started
}

export function passCookies(c: AnyContext, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
}
