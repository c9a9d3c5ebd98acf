import { runBatch } from '../../db/client'
import { cancelInvitation as cancel, findInvitation } from '../../db/invitations'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/** Cancels an invitation, so that its mailed link no longer works. */
export async function cancelInvitation(
  deps: Deps,
  ref: { accountId: string; id: string; actor: string },
): Promise<Result<null, 'not_found'>> {
  const { accountId, actor } = ref
  const invitation = await findInvitation(deps.db, accountId, ref.id)
  if (!invitation) return refuse('not_found')
  const [cancelled] = await runBatch(deps.db, [
    cancel(ref),
    auditEntry(deps, { accountId, actor, action: 'invitation_cancelled', subject: invitation.email, changes: [] }),
  ])
  return cancelled?.results.length ? ok(null) : refuse('not_found')
}
