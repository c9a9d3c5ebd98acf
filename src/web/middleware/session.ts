/** Finds the signed-in person and the account of a request. */
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { endSessions } from '../../commands/accounts/end-sessions'
import { listMemberships, type Membership } from '../../db/accounts'
import { displayName } from '../../domain/company'
import { atLeast, type Role } from '../../domain/role'
import { isOver } from '../../domain/session'
import { maySignUp } from '../../domain/sign-up'
import { routes } from '../../routes'
import type { AccountEnv, AnyContext, SignedIn } from '../app-env'
import { isHtmx } from '../ui/page'
import { applyPersonLanguage } from './language'
import { isInTestMode } from './test-mode'

export interface Person {
  userId: string
  name: string
  email: string
  timeZone: string
  language: string
  /** The organisation this session last worked in. */
  organizationId: string | undefined
  sessionId: string
  /** When this session began. Epoch ms. */
  signedInAt: number
}

/** Finds the person of the session cookie. A refreshed cookie is set on the response; a session past its absolute end is deleted. */
export async function findPerson(c: AnyContext): Promise<Person | undefined> {
  if (!c.req.header('Cookie')) return undefined
  const { headers, response } = await c.var.auth.api.getSession({ headers: c.req.raw.headers, returnHeaders: true })
  for (const cookie of headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
  if (!response) return undefined
  const { user, session } = response
  const signedInAt = session.createdAt.getTime()
  if (isOver(signedInAt, c.var.deps.now())) {
    await endSessions(c.var.deps, { userId: user.id, id: session.id })
    return undefined
  }
  applyPersonLanguage(c, user.language)
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    timeZone: user.timeZone ?? '',
    language: user.language ?? '',
    organizationId: session.activeOrganizationId ?? undefined,
    sessionId: session.id,
    signedInAt,
  }
}

/** Lets only members of an account pass; others go to sign-in, or make their account first. */
export const requireAccount = createMiddleware<AccountEnv>(async (c, next) => {
  // Areas that share a path all use this middleware; one run is enough.
  if (c.var.signedIn) return next()
  const person = await findPerson(c)
  if (!person) return sendTo(c, signInWithReturn(c))
  const memberships = await listMemberships(c.var.deps.db, person.userId)
  const membership = memberships.find(({ accountId }) => accountId === person.organizationId) ?? memberships[0]
  if (!membership) return sendTo(c, routes.welcome)
  c.set('signedIn', {
    ...signedInAs(person, membership),
    accounts: memberships.map(({ accountId, company }) => ({ accountId, accountName: displayName(company) })),
    testMode: isInTestMode(c, membership.accountId),
    mayOpenAccount: maySignUp(c.var.deps.config.SIGN_UP, person.email, false),
  })
  if (membership.closingAt !== null && changesAccount(c)) throw new HTTPException(403, { cause: 'closing' })
  await next()
})

/** Paths that may still be posted to in a closed account: personal settings and keeping the account. */
const ALLOWED_WHILE_CLOSING = [routes.closingRevocation, routes.accounts, routes.personalSettings, routes.departure]

const changesAccount = (c: AnyContext): boolean =>
  c.req.method !== 'GET' &&
  c.req.method !== 'HEAD' &&
  !ALLOWED_WHILE_CLOSING.some((path) => c.req.path.startsWith(path))

/** Lets only people with at least this role pass: viewers may read everything and change nothing; settings are for admins. */
export const requireRole = (needed: Role) =>
  createMiddleware<AccountEnv>(async (c, next) => {
    if (!atLeast(c.var.signedIn.role, needed)) throw new HTTPException(403, { cause: needed })
    await next()
  })

function signedInAs(
  person: Person,
  membership: Membership,
): Omit<SignedIn, 'accounts' | 'mayOpenAccount' | 'testMode'> {
  const { accountId, role, company, settings, logo, confirmedReplyEmail, notifyProblems, closingAt, quotaZone } =
    membership
  const { restingAt, restingReason } = membership
  const { userId, sessionId, signedInAt, name, email, language, timeZone } = person
  const accountName = displayName(company)
  return {
    ...{ userId, sessionId, signedInAt, name, email, notifyProblems },
    ...{ accountId, accountName, role, company, settings, logo, confirmedReplyEmail, closingAt, quotaZone },
    ...{ restingAt, restingReason },
    personal: { language, timeZone },
    timeZone: timeZone || settings.timeZone,
  }
}

/** htmx follows redirects inside the fragment it waits for; this header moves the whole page. */
function sendTo(c: AnyContext, path: string): Response {
  if (isHtmx(c)) return c.body(null, 204, { 'HX-Redirect': path })
  return c.redirect(path, 303)
}

function signInWithReturn(c: AnyContext): string {
  const url = new URL(c.req.url)
  const requested = c.req.method === 'GET' && !isHtmx(c) ? url.pathname + url.search : refererPath(c)
  return requested === routes.home || !requested
    ? routes.signIn
    : `${routes.signIn}?to=${encodeURIComponent(requested)}`
}

/** Returns the page that sent a form or an htmx request, if it was one of Facteur's. */
function refererPath(c: AnyContext): string {
  const referer = c.req.header('Referer')
  if (!referer || !URL.canParse(referer)) return ''
  const url = new URL(referer)
  return url.origin === new URL(c.req.url).origin ? url.pathname + url.search : ''
}

/** Returns a path on this site to go back to, or the documents: never another host, never `//host` or `/\host`. */
export const returnPath = (requested: string | undefined): string =>
  requested && /^\/(?![/\\])[^\\\s]*$/.test(requested) && requested.length <= 500 ? requested : routes.documents
