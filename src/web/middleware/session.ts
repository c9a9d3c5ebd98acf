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
  /** The organisation that this session used last. */
  organizationId: string | undefined
  sessionId: string
  /** Start of this session, epoch ms. */
  signedInAt: number
}

/** Returns the person of the session cookie. Sets a refreshed cookie on the response; deletes a session past its absolute end. */
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

/** Lets only members of an account pass. Redirects others to sign-in, or to the page that opens their first account. */
export const requireAccount = createMiddleware<AccountEnv>(async (c, next) => {
  // Several areas with a common path use this middleware; one run is enough.
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

/** Paths that accept a POST while the account is closed: they keep it, or change only the person's settings and membership. */
const ALLOWED_WHILE_CLOSING: ReadonlySet<string> = new Set([
  ...[routes.closingRevocation, routes.accounts, routes.activeAccount, routes.departure],
  ...[routes.personalSettings, routes.freshSignIn, routes.sessionRemoval, routes.otherSessionsRemoval],
  ...[routes.passkeys, routes.passkeyChallenges, routes.passkeyRemoval],
])

const changesAccount = (c: AnyContext): boolean =>
  c.req.method !== 'GET' && c.req.method !== 'HEAD' && !ALLOWED_WHILE_CLOSING.has(c.req.path)

/** Lets only people with at least this role pass: viewers may read pages and change nothing; settings are for admins. */
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

/** Redirects the whole page, also from an htmx request, which would follow a redirect only for its fragment. */
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

/** Returns the path of the page that sent a form or an htmx request; '' if it was not one of Facteur's. */
function refererPath(c: AnyContext): string {
  const referer = c.req.header('Referer')
  if (!referer || !URL.canParse(referer)) return ''
  const url = new URL(referer)
  return url.origin === new URL(c.req.url).origin ? url.pathname + url.search : ''
}

/** Returns a path on this site to go back to, or the documents: never another host, never `//host` or `/\host`. */
export const returnPath = (requested: string | undefined): string =>
  requested && /^\/(?![/\\])[^\\\s]*$/.test(requested) && requested.length <= 500 ? requested : routes.documents
