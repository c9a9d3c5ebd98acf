/**
 * Asks for a fresh sign-in before a change that could divert money or open the account to others. The typed values are kept only in
 * hidden fields of the page that asks, which posts them again to the same URL.
 */
import type { Context } from 'hono'
import { findPasskeyOwner } from '../../db/sessions'
import { isFresh } from '../../domain/session'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { isMailWithinLimit, isWithinLimit } from '../middleware/rate-limit'
import type { FormValues } from '../ui/form-state'
import { type PageOptions, page } from '../ui/page'
import { readCredential, SignedChallenge } from '../ui/passkey-credential'
import { FreshSignInPage, type SignInPrompt } from './fresh-sign-in-page'
import { startSession } from './start-session'

export interface WantedChange {
  /** All fields of the form, including those that the page added (`confirm`, `credential`). */
  typed: FormValues
  /** URL of the form, for the cancel link. */
  back: string
}

/**
 * Returns the page that asks for a sign-in; undefined if this person signed in recently, or has just confirmed with a passkey.
 * `const asked = await freshSignIn(c, { typed, back }); if (asked) return asked`
 */
export async function freshSignIn(
  c: Context<AccountEnv>,
  { typed, back }: WantedChange,
): Promise<Response | undefined> {
  const { signedIn, deps } = c.var
  if (isFresh(signedIn.signedInAt, deps.now())) return undefined
  const { confirm = '', credential = '', ...values } = typed
  const prompt = confirm === 'passkey' ? await confirmByPasskey(c, credential) : await stepOf(c, confirm)
  if (prompt === 'confirmed') return undefined
  const props = { action: c.req.path, back, values, prompt }
  const options: PageOptions = { title: c.var.t('fresh.title'), section: 'settings', narrow: true, status: 422 }
  return page(c, { ...options, scripts: ['passkeys.js'] }, <FreshSignInPage {...props} />)
}

async function stepOf(c: Context<AccountEnv>, confirm: string): Promise<SignInPrompt> {
  if (confirm === 'mail') return mailLink(c)
  return confirm === 'continue' ? 'waiting' : 'first'
}

/** Signs in by a passkey, if it belongs to the signed-in person; another's would sign in another person. */
async function confirmByPasskey(c: Context<AccountEnv>, credential: string): Promise<'confirmed' | SignInPrompt> {
  const { signedIn, auth, deps } = c.var
  if (!(await isWithinLimit(c, 'RATE_LIMIT', `confirmation ${signedIn.userId}`))) return 'limited'
  const response = readCredential(SignedChallenge, credential)
  if (!response || (await findPasskeyOwner(deps.db, response.id)) !== signedIn.userId) return 'refused'
  const { headers } = c.req.raw
  const verified = await auth.api.verifyPasskeyAuthentication({ body: { response }, headers, asResponse: true })
  if (!verified.ok) return 'refused'
  const { sessionId } = await startSession(c, verified, signedIn.sessionId)
  c.set('signedIn', { ...signedIn, sessionId, signedInAt: deps.now() })
  return 'confirmed'
}

/** Mails a sign-in link. It renews the session of the browser in which it is opened, so on another device it confirms nothing. */
async function mailLink(c: Context<AccountEnv>): Promise<'mailed' | 'limited'> {
  const { email } = c.var.signedIn
  if (!(await isMailWithinLimit(c, 'sign-in', email))) return 'limited'
  const metadata = { language: c.var.language, returnTo: routes.signInConfirmed }
  await c.var.auth.api.signInMagicLink({ body: { email, metadata }, headers: c.req.raw.headers })
  return 'mailed'
}
