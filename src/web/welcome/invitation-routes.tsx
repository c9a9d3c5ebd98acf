/** Serves the link of an invitation. Opening it changes nothing: its button joins the account. Works signed out, since an invited person may be new. */
import { type Context, Hono } from 'hono'
import { acceptInvitation } from '../../commands/accounts/accept-invitation'
import { createSignInToken } from '../../commands/accounts/create-sign-in-token'
import { hashToken } from '../../commands/token'
import { findAccount } from '../../db/accounts'
import { findOpenInvitation } from '../../db/invitations'
import { activateAccount } from '../../db/members'
import { displayName } from '../../domain/company'
import { withoutLinks } from '../../domain/link-text'
import { cleanLine } from '../../domain/text'
import { routes } from '../../routes'
import type { AppEnv } from '../app-env'
import { limitByAddress } from '../middleware/rate-limit'
import { findPerson } from '../middleware/session'
import { startSession } from '../sign-in/start-session'
import { readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { ExpiredInvitation, InvitationPage, type InvitationProps } from './invitation-page'

const MAX_NAME = 200
const path = routes.invitation(':token')

export const invitationRoutes = new Hono<AppEnv>()

invitationRoutes.get(path, async (c) => {
  const invited = await findInvitation(c)
  return invited ? invitationPage(c, invited) : expiredPage(c)
})

invitationRoutes.post(path, limitByAddress('invitation'), async (c) => {
  const invited = await findInvitation(c)
  if (!invited) return expiredPage(c)
  if (invited.reader === 'other' || invited.reader === 'signed_out') return invitationPage(c, invited, 409)
  const { deps } = c.var
  const person = invited.person ?? {
    newName: withoutLinks(cleanLine((await readForm(c)).name ?? '').slice(0, MAX_NAME)),
  }
  const accepted = await acceptInvitation(deps, { token: invited.token, person })
  if (!accepted.ok) return expiredPage(c)
  const { accountId, email } = accepted.value
  if (invited.person) await activateAccount(deps.db, { ...invited.person, accountId })
  else await signInAs(c, email)
  flash(c, 'notice.joined')
  return c.redirect(routes.documents, 303)
})

interface Invited extends InvitationProps {
  person?: { userId: string; sessionId: string }
}

/** Finds the invitation and its reader; undefined when the link is invalid or expired. */
async function findInvitation(c: Context<AppEnv>): Promise<Invited | undefined> {
  const { deps } = c.var
  const token = c.req.param('token') ?? ''
  const invitation = await findOpenInvitation(deps.db, await hashToken(token), deps.now())
  const account = invitation && (await findAccount(deps.db, invitation.accountId))
  if (!invitation || !account) return undefined
  const { email, role, inviter, known } = invitation
  const found = { token, email, role, inviter, account: displayName(account.company) }
  const person = await findPerson(c)
  if (person?.email === email) return { ...found, reader: 'invited', person }
  if (person) return { ...found, reader: 'other', signedInAs: person.email }
  return { ...found, reader: known ? 'signed_out' : 'new' }
}

/** Signs in a new person: the mailed link proves the address, and it belonged to no user before. */
async function signInAs(c: Context<AppEnv>, email: string): Promise<void> {
  const query = { token: await createSignInToken(c.var.deps, email) }
  const verified = await c.var.auth.api.magicLinkVerify({ query, headers: c.req.raw.headers, asResponse: true })
  await startSession(c, verified)
}

const invitationPage = (c: Context<AppEnv>, { person, ...props }: Invited, status: 200 | 409 = 200) =>
  page(
    c,
    { title: c.var.t('invitation.title', { account: props.account }), plain: true, status },
    <InvitationPage {...props} />,
  )

const expiredPage = (c: Context<AppEnv>) =>
  page(c, { title: c.var.t('invitation.expired.title'), plain: true, status: 410 }, <ExpiredInvitation />)
