import { findBackgroundJob } from '../../db/background-jobs'
import { isNotAll, runBatch } from '../../db/client'
import { isMoving, mergeContacts as merge } from '../../db/contact-merging'
import { findContact } from '../../db/contacts'
import { contactOf, type MergeChoices, mergedContact } from '../../domain/contact-merge'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { mergeContactStep } from './merge-contact-step'

export interface MergeInput {
  accountId: string
  actor: string
  /** The contact that stays, and the one that goes into it, each with the version that the person saw. */
  keptId: string
  keptVersion: number
  otherId: string
  otherVersion: number
  choices: MergeChoices
}

export type MergeRefusal = 'not_found' | 'stale' | 'merge_same' | 'merge_gone' | 'merge_emails' | 'contact_moving'

/**
 * Merges one contact into another. From then on the merged contact points to the one that stays. Its documents follow,
 * the first at once and the rest in steps. A repeated request changes nothing.
 */
export async function mergeContacts(deps: Deps, input: MergeInput): Promise<Result<null, MergeRefusal>> {
  const { accountId, actor, keptId, otherId } = input
  if (keptId === otherId) return refuse('merge_same')
  const [kept, other] = await Promise.all([
    findContact(deps.db, accountId, keptId),
    findContact(deps.db, accountId, otherId),
  ])
  if (!kept || !other) return refuse('not_found')
  if (other.mergedInto === keptId) return ok(null)
  if (kept.mergedInto !== null || other.mergedInto !== null) return refuse('merge_gone')
  if (kept.forgottenAt !== null || other.forgottenAt !== null || kept.archivedAt !== null) return refuse('merge_gone')
  if (kept.version !== input.keptVersion || other.version !== input.otherVersion) return refuse('stale')
  const merged = mergedContact(kept, other, input.choices)
  if (!merged.ok) return merged
  if (await isMoving(deps.db, accountId)) return refuse('contact_moving')
  const record = { before: contactOf(kept), after: merged.value, archivedAt: other.archivedAt }
  const auditRow = auditEntry(deps, {
    accountId,
    actor,
    action: 'contact_merged',
    subject: `${otherId} → ${keptId}`,
    changes: [],
  })
  try {
    await runBatch(deps.db, merge(deps.db, { kept, other }, { record, now: deps.now(), auditRow }))
  } catch (error) {
    if (!isNotAll(error)) throw error
    // Another request changed a contact first: decide again from the current state.
    return mergeContacts(deps, input)
  }
  const job = await findBackgroundJob(deps.db, accountId, 'merge_contact', otherId)
  if (job) await mergeContactStep(deps, job)
  return ok(null)
}
