import { runBatch } from '../../db/client'
import {
  type Acceptance,
  findOpenInvitation,
  insertInvitedMember,
  insertInvitedUser,
  markInvitationAccepted,
} from '../../db/invitations'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { hashToken } from '../token'

export interface AcceptInvitation {
  token: string
  /** A signed-in user, or a new person, for whom the mailed link proves the address. */
  person: { userId: string } | { newName: string }
}

/**
 * Adds the person to the account, once. An existing user must be signed in with the invited address: a link that is valid for seven
 * days must not open their other accounts.
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
  const acceptance: Acceptance = {
    ...{ tokenHash, now, userId, memberId: crypto.randomUUID() },
    newName: isNew ? person.newName : null,
  }
  const results = await runBatch(deps.db, [
    ...(isNew ? [insertInvitedUser(acceptance)] : []),
    insertInvitedMember(acceptance),
    auditEntry(deps, {
      ...{ accountId, actor: userId, action: 'invitation_accepted', subject: email },
      changes: [{ field: 'role', from: '', to: role }],
    }),
    markInvitationAccepted(acceptance),
  ])
  return results.at(-1)?.results.length ? ok({ accountId, email }) : refuse('link_expired')
}
