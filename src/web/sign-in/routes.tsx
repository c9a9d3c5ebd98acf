/** Signs people in by a mailed link or a passkey. Opening a link changes nothing: its button spends the token, once, within 15 minutes. */
import { Hono } from 'hono'
import { maySignIn } from '../../commands/accounts/may-sign-in'
import { errorEntry } from '../../commands/error-entry'
import { hashToken } from '../../commands/token'
import { findSignInEmail } from '../../db/sessions'
import { addressKey } from '../../domain/email-addresses'
import { routes } from '../../routes'
import type { AnyContext, AppEnv } from '../app-env'
import { limitByAddress, requireMailWithinLimit } from '../middleware/rate-limit'
import { findPerson, type Person, returnPath } from '../middleware/session'
import { type FormState, parseForm, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { readCredential, SignedChallenge } from '../ui/passkey-credential'
import { ConfirmedPage } from './fresh-sign-in-page'
import { ExpiredLinkPage, LinkPage, SentPage } from './link-pages'
import { SignInForm, SignInPage } from './sign-in-page'
import { passCookies, startSession } from './start-session'

export const signIn = new Hono<AppEnv>()

signIn.get(routes.signIn, async (c) => {
  const to = c.req.query('to') ?? ''
  if (await findPerson(c)) return c.redirect(returnPath(to), 303)
  return formPage(c, { values: { to }, errors: {} })
})

/** Mails a link. Response and timing are the same whether or not the address is known. */
signIn.post(routes.signIn, limitByAddress('sign-in'), async (c) => {
  const form = parseForm(SignInForm, await readForm(c), c.var.t)
  if (!form.ok) return formPage(c, form, 422)
  const email = addressKey(form.value.email)
  await requireMailWithinLimit(c, 'sign-in', email)
  c.executionCtx.waitUntil(mailLink(c, email, form.value.to))
  return c.redirect(routes.signInSent, 303)
})

signIn.get(routes.signInSent, (c) => page(c, { title: c.var.t('sign_in.sent.title'), plain: true }, <SentPage />))

signIn.get(routes.signInLink(':token'), async (c) => {
  const to = c.req.query('to') ?? ''
  const email = await addressOf(c)
  return email ? linkPage(c, email, to, await findPerson(c)) : expiredPage(c, to)
})

/** Signs in. Replaces another person's session in this browser only if the form names that person. */
signIn.post(routes.signInLink(':token'), limitByAddress('sign-in-link'), async (c) => {
  const { to = '', instead } = await readForm(c)
  const email = await addressOf(c)
  if (!email) return expiredPage(c, to)
  const current = await findPerson(c)
  if (current && current.email !== email && instead !== current.userId) return linkPage(c, email, to, current, 409)
  const query = { token: c.req.param('token') }
  const verified = await c.var.auth.api.magicLinkVerify({ query, headers: c.req.raw.headers, asResponse: true })
  if (!verified.ok) return expiredPage(c, to)
  await startSession(c, verified, current?.sessionId)
  return c.redirect(returnPath(to), 303)
})

signIn.get(routes.signInConfirmed, (c) =>
  page(c, { title: c.var.t('fresh.confirmed.title'), plain: true }, <ConfirmedPage />),
)

/** Returns a challenge to any client, so that it does not reveal who has passkeys. */
signIn.post(routes.signInChallenges, limitByAddress('sign-in-challenge'), (c) =>
  c.var.auth.api.generatePasskeyAuthenticationOptions({ headers: c.req.raw.headers, asResponse: true }),
)

signIn.post(routes.signInPasskeys, limitByAddress('sign-in-passkey'), async (c) => {
  const { to = '', credential } = await readForm(c)
  const response = readCredential(SignedChallenge, credential)
  const { headers } = c.req.raw
  const verified =
    response && (await c.var.auth.api.verifyPasskeyAuthentication({ body: { response }, headers, asResponse: true }))
  if (!verified?.ok) {
    flash(c, 'problem.passkey_unknown')
    return c.redirect(to ? `${routes.signIn}?to=${encodeURIComponent(to)}` : routes.signIn, 303)
  }
  await startSession(c, verified, (await findPerson(c))?.sessionId)
  return c.redirect(returnPath(to), 303)
})

signIn.post(routes.signOut, async (c) => {
  passCookies(c, await c.var.auth.api.signOut({ headers: c.req.raw.headers, asResponse: true }))
  flash(c, 'notice.signed_out')
  return c.redirect(routes.signIn, 303)
})

const formPage = (c: AnyContext, form: FormState, status: 200 | 422 = 200) =>
  page(
    c,
    { title: c.var.t('sign_in.title'), plain: true, status, scripts: ['passkeys.js'] },
    <SignInPage form={form} />,
  )

/** Mails the link after the response, so that the response time does not reveal whether the address is known. */
async function mailLink(c: AnyContext, email: string, to: string): Promise<void> {
  try {
    if (!(await maySignIn(c.var.deps, email))) return
    const metadata = { language: c.var.language, returnTo: to && returnPath(to) }
    await c.var.auth.api.signInMagicLink({ body: { email, metadata }, headers: c.req.raw.headers })
  } catch (error) {
    c.var.deps.log(errorEntry(error))
  }
}

/** Returns the address that the link signs in; undefined if it is used or expired. */
const addressOf = async (c: AnyContext): Promise<string | undefined> =>
  findSignInEmail(c.var.deps.db, await hashToken(c.req.param('token') ?? ''), c.var.deps.now())

function linkPage(
  c: AnyContext,
  email: string,
  to: string,
  current: Person | undefined,
  status: 200 | 409 = 200,
): Promise<Response> {
  const props = { token: c.req.param('token') ?? '', to, email, current }
  return page(c, { title: c.var.t('sign_in.link.title'), plain: true, status }, <LinkPage {...props} />)
}

const expiredPage = (c: AnyContext, to: string) =>
  page(c, { title: c.var.t('sign_in.expired.title'), plain: true, status: 410 }, <ExpiredLinkPage to={to} />)
