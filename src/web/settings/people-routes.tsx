/** Lists the account's members. Every member sees them; admins manage those below them, owners manage all, and their roles. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { cancelInvitation } from '../../commands/accounts/cancel-invitation'
import { changeRole } from '../../commands/accounts/change-role'
import { invitePerson } from '../../commands/accounts/invite-person'
import { removeMember } from '../../commands/accounts/remove-member'
import { findInvitation, listInvitations } from '../../db/invitations'
import { findMember, listMembers } from '../../db/members'
import { atLeast, mayManage, ROLES, type Role } from '../../domain/role'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireMailWithinLimit, requireWithinLimit } from '../middleware/rate-limit'
import { requireRole } from '../middleware/session'
import { freshSignIn } from '../sign-in/fresh-sign-in'
import { emailAddress } from '../ui/fields'
import { type FormState, type FormValues, parseForm, readForm } from '../ui/form-state'
import { type FlashKey, flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { PeoplePage } from './people-page'

const RoleForm = v.object({ role: v.picklist(ROLES, 'field.invalid') })
const InvitationForm = v.object({ email: emailAddress(), role: v.picklist(ROLES, 'field.invalid') })

export const peopleSettings = new Hono<AccountEnv>()

peopleSettings.get(routes.peopleSettings, (c) => peoplePage(c, { values: { role: 'member' }, errors: {} }))

peopleSettings.post(routes.invitations, requireRole('admin'), async (c) => {
  const typed = await readForm(c)
  const form = parseForm(InvitationForm, typed, c.var.t)
  if (!form.ok) return peoplePage(c, form, 422)
  const asked = await fresh(c, typed)
  if (asked) return asked
  const invited = await invite(c, form.value)
  if (!invited.ok && invited.reason !== 'mail_not_accepted')
    return peoplePage(c, { values: form.values, errors: { email: refusalText(c.var.t, invited) } }, 422)
  return back(c, invited.ok ? 'notice.invited' : 'problem.mail_not_accepted')
})

peopleSettings.post(routes.invitationMails(':id'), requireRole('admin'), async (c) => {
  const invitation = await findInvitation(c.var.deps.db, c.var.signedIn.accountId, c.req.param('id'))
  if (!invitation) throw new HTTPException(404)
  requireAuthorityOver(c, invitation.role)
  const asked = await fresh(c, await readForm(c))
  if (asked) return asked
  const invited = await invite(c, invitation)
  return back(c, invited.ok ? 'notice.invited' : `problem.${invited.reason}`)
})

peopleSettings.post(routes.invitationCancellation(':id'), requireRole('admin'), async (c) => {
  const { accountId, userId: actor } = c.var.signedIn
  const invitation = await findInvitation(c.var.deps.db, accountId, c.req.param('id'))
  if (!invitation) throw new HTTPException(404)
  requireAuthorityOver(c, invitation.role)
  const cancelled = await cancelInvitation(c.var.deps, { accountId, actor, id: invitation.id })
  if (!cancelled.ok) throw new HTTPException(404)
  return back(c, 'notice.invitation_cancelled')
})

peopleSettings.post(routes.memberRole(':userId'), requireRole('owner'), async (c) => {
  const typed = await readForm(c)
  const form = parseForm(RoleForm, typed, c.var.t)
  if (!form.ok) return peoplePage(c, { values: { role: 'member' }, errors: {} }, 422)
  const asked = await fresh(c, typed)
  if (asked) return asked
  const { accountId, userId: actor } = c.var.signedIn
  const changed = await changeRole(c.var.deps, { accountId, actor, userId: c.req.param('userId'), ...form.value })
  if (!changed.ok && changed.reason === 'not_found') throw new HTTPException(404)
  return back(c, changed.ok ? 'notice.role_changed' : 'problem.last_owner')
})

peopleSettings.post(routes.memberRemoval(':userId'), requireRole('admin'), async (c) => {
  const { accountId, userId: actor } = c.var.signedIn
  const member = await findMember(c.var.deps.db, accountId, c.req.param('userId'))
  if (!member) throw new HTTPException(404)
  if (member.userId !== actor) requireAuthorityOver(c, member.role)
  const asked = await fresh(c, await readForm(c))
  if (asked) return asked
  return removed(c, await removeMember(c.var.deps, { accountId, actor, userId: member.userId }), 'notice.removed')
})

/** Removes the signed-in person from the account. Every role may, except the last owner. */
peopleSettings.post(routes.departure, async (c) => {
  const { accountId, userId } = c.var.signedIn
  return removed(c, await removeMember(c.var.deps, { accountId, actor: userId, userId }), 'notice.left')
})

const fresh = (c: Context<AccountEnv>, typed: FormValues) => freshSignIn(c, { typed, back: routes.peopleSettings })

function removed(c: Context<AccountEnv>, done: Awaited<ReturnType<typeof removeMember>>, said: FlashKey): Response {
  if (done.ok) {
    flash(c, said)
    return c.redirect(said === 'notice.left' ? routes.documents : routes.peopleSettings, 303)
  }
  if (done.reason === 'not_found') throw new HTTPException(404)
  return back(c, 'problem.last_owner')
}

/** Throws 403 unless the signed-in person may manage members with this role. The error page names the required role. */
function requireAuthorityOver(c: Context<AccountEnv>, role: Role): void {
  if (!mayManage(c.var.signedIn.role, role)) throw new HTTPException(403, { cause: 'owner' })
}

async function invite(c: Context<AccountEnv>, { email, role }: { email: string; role: Role }) {
  const { accountId, userId: actor } = c.var.signedIn
  await requireMailWithinLimit(c, 'invitation', email)
  await requireWithinLimit(c, 'RATE_LIMIT', `invitations ${accountId}`)
  return invitePerson(c.var.deps, { accountId, actor, email, role, language: c.var.language })
}

function back(c: Context<AccountEnv>, said: FlashKey): Response {
  flash(c, said)
  return c.redirect(routes.peopleSettings, 303)
}

async function peoplePage(c: Context<AccountEnv>, form: FormState, status: 200 | 422 = 200) {
  const { deps, signedIn, t } = c.var
  const [members, invitations] = await Promise.all([
    listMembers(deps.db, signedIn.accountId),
    atLeast(signedIn.role, 'admin') ? listInvitations(deps.db, signedIn.accountId) : [],
  ])
  return page(
    c,
    { title: t('settings.people'), section: 'settings', status },
    <PeoplePage form={form} members={members} invitations={invitations} />,
  )
}
