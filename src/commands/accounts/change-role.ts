import { runBatch } from '../../db/client'
import { cancelInvitationsWithoutRights } from '../../db/invitations'
import { findMember, type MemberChange, updateRole } from '../../db/members'
import { ok, type Result, refuse } from '../../domain/result'
import type { Role } from '../../domain/role'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/**
 * Changes a member's role. Refuses to change the last owner's. Cancels open invitations that the member may no longer
 * give.
 */
export async function changeRole(
  deps: Deps,
  { role, ...change }: MemberChange & { role: Role },
): Promise<Result<null, 'not_found' | 'last_owner'>> {
  const member = await findMember(deps.db, change.accountId, change.userId)
  if (!member) return refuse('not_found')
  if (member.role === role) return ok(null)
  const { accountId, actor } = change
  const changes = [{ field: 'role', from: member.role, to: role }]
  const [changed] = await runBatch(deps.db, [
    updateRole(change, member.role, role),
    auditEntry(deps, { accountId, actor, action: 'role_changed', subject: member.email, changes }),
    cancelInvitationsWithoutRights(accountId, member.userId),
  ])
  if (changed?.results.length) return ok(null)
  return refuse(member.role === 'owner' ? 'last_owner' : 'not_found')
}
