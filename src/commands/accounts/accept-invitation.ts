import { runBatch } from '../../db/client'
import {
  type Acceptance,
  findOpenInvitation,
  insertInvitedMember,
  insertInvitedUser,
  spendInvitation,
} from '../../db/invitations'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { hashToken } from '../token'

export interface AcceptInvitation {
  token: string
  /** Somebody signed in; or who is new, and has shown by the mailed link that the address is theirs. */
  person: { userId: string } | { newName: string }
}

/**
 * Joins the account, once. Somebody known must be signed in with the invited address: a link of seven days is no key to what they
 * have elsewhere.
 */
export async function acceptInvitation(
  deps: Deps,
  { token, person }: AcceptInvitation,
): Promise<Result<{ accountId: string; email: string }, 'link_expired'>> {
  const now = deps.now()
  const tokenHash = await hashToken(token)
  const invitation = await findOpenInvitation(deps.db, tokenHash, now)
  if (!invitation) return refuse('link_expired')
  const { accountId, email, role } = invitation
  const isNew = 'newName' in person
  const userId = isNew ? crypto.randomUUID() : person.userId
  const one: Acceptance = {
    ...{ tokenHash, now, userId, memberId: crypto.randomUUID() },
    newName: isNew ? person.newName : null,
  }
  const results = await runBatch(deps.db, [
    ...(isNew ? [insertInvitedUser(one)] : []),
    insertInvitedMember(one),
    auditEntry(deps, {
      ...{ accountId, actor: userId, action: 'invitation_accepted', subject: email },
      changes: [{ field: 'role', from: '', to: role }],
    }),
    spendInvitation(one),
  ])
  return results.at(-1)?.results.length ? ok({ accountId, email }) : refuse('link_expired')
}
