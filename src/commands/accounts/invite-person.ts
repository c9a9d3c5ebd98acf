import { findAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { insertInvitation } from '../../db/invitations'
import { findMember } from '../../db/members'
import { findUserByEmail } from '../../db/people'
import { displayName } from '../../domain/company'
import { addressKey } from '../../domain/email-addresses'
import { ok, type Result, refuse } from '../../domain/result'
import { mayManage, type Role } from '../../domain/role'
import { MAILED_LINK_MS } from '../../domain/session'
import type { Language } from '../../i18n'
import { routes } from '../../routes'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { meterNotice } from '../sends/meter-notice'
import { sendNotice } from '../sends/send-notice'
import { hashToken } from '../token'

export interface InvitePerson {
  accountId: string
  actor: string
  email: string
  role: Role
  /** Language of the mail, if the person has not chosen one. */
  language: Language
}

export type InviteRefusal = 'role_not_yours' | 'already_member' | 'mail_not_accepted' | 'notice_limit'

/** Mails a link that joins the account. Inviting an address again renews its invitation, with the new role; the earlier link then no longer works. */
export async function invitePerson(deps: Deps, input: InvitePerson): Promise<Result<null, InviteRefusal>> {
  const { accountId, actor, role } = input
  const email = addressKey(input.email)
  const [account, inviter, invited] = await Promise.all([
    findAccount(deps.db, accountId),
    findMember(deps.db, accountId, actor),
    findUserByEmail(deps.db, email),
  ])
  if (!account || !inviter || !mayManage(inviter.role, role)) return refuse('role_not_yours')
  if (invited && (await findMember(deps.db, accountId, invited.id))) return refuse('already_member')
  const refused = await meterNotice(deps, accountId, 'invitation')
  if (refused) return refused
  const token = deps.newToken()
  const now = deps.now()
  const [made] = await runBatch(deps.db, [
    insertInvitation({
      ...{ id: deps.newId('inv'), accountId, email, role, actor, now },
      ...{ tokenHash: await hashToken(token), expiresAt: now + MAILED_LINK_MS },
    }),
    auditEntry(deps, {
      ...{ accountId, actor, action: 'person_invited', subject: email },
      changes: [{ field: 'role', from: '', to: role }],
    }),
  ])
  if (!made?.results.length) return refuse('role_not_yours')
  const link = new URL(routes.invitation(token), deps.config.APP_URL).href
  const person = inviter.name || inviter.email
  const notice = { kind: 'invitation', link, company: displayName(account.company), person } as const
  const language = invited?.language || input.language
  const reader = { to: email, language, account: { id: accountId, settings: account.settings } }
  return (await sendNotice(deps, notice, reader)) ? ok(null) : refuse('mail_not_accepted')
}
