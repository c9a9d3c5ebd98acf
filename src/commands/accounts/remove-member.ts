import { runBatch } from '../../db/client'
import { cancelInvitationsWithoutRights } from '../../db/invitations'
import { clearActiveAccount, deleteMember, findMember, type MemberChange } from '../../db/members'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/**
 * Removes a member: the actor, or a person whom the actor may manage. It takes effect with that person's next request. Their documents
 * stay; their open invitations are cancelled. The last owner can't be removed.
 */
export async function removeMember(
  deps: Deps,
  change: MemberChange,
): Promise<Result<null, 'not_found' | 'last_owner'>> {
  const { accountId, userId, actor } = change
  const member = await findMember(deps.db, accountId, userId)
  if (!member) return refuse('not_found')
  const action = userId === actor ? 'member_left' : 'member_removed'
  const changes = [{ field: 'role', from: member.role, to: '' }]
  const [removed] = await runBatch(deps.db, [
    deleteMember(change),
    auditEntry(deps, { accountId, actor, action, subject: member.email, changes }),
    clearActiveAccount(accountId, userId),
    cancelInvitationsWithoutRights(accountId, userId),
  ])
  if (removed?.results.length) return ok(null)
  return refuse(member.role === 'owner' ? 'last_owner' : 'not_found')
}
