import { findBackgroundJob } from '../../db/background-jobs'
import { isNotAll, runBatch } from '../../db/client'
import { isMoving, separateContacts as separate } from '../../db/contact-merging'
import { findContact } from '../../db/contacts'
import { MERGE_UNDO_MS, type MergeField, separatedContact } from '../../domain/contact-merge'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { retryStale } from '../retry-stale'
import { separateContactStep } from './separate-contact-step'

export interface Separated {
  /** The contact that stayed; null when there was nothing to undo. */
  keptId: string | null
  /** Fields of that contact that are not restored, since they were changed after the merge. */
  changed: (MergeField | 'emails')[]
}

export type SeparateRefusal = 'not_found' | 'merge_final' | 'merge_later_first' | 'contact_moving' | 'busy'

/**
 * Undoes a merge, up to 30 days after it. Both contacts get their earlier values back, except for fields that were
 * changed since, and the moved documents go back. A repeated request changes nothing.
 */
export const separateContacts = (deps: Deps, ref: MergedRef): Promise<Result<Separated, SeparateRefusal>> =>
  retryStale(() => tryToSeparate(deps, ref))

interface MergedRef {
  accountId: string
  actor: string
  /** The contact that was merged into another. */
  id: string
}

async function tryToSeparate(
  deps: Deps,
  { accountId, actor, id }: MergedRef,
): Promise<Result<Separated, SeparateRefusal> | undefined> {
  const other = await findContact(deps.db, accountId, id)
  if (!other) return refuse('not_found')
  if (other.mergedInto === null) return ok({ keptId: null, changed: [] })
  const kept = await findContact(deps.db, accountId, other.mergedInto)
  if (!kept || kept.forgottenAt !== null || !isUndoable(other, deps.now()) || !other.merge) return refuse('merge_final')
  if (kept.mergedInto !== null) return refuse('merge_later_first')
  if (await isMoving(deps.db, accountId, id)) return refuse('contact_moving')
  const { contact, changed } = separatedContact(kept, other.merge)
  const subject = `${id} ← ${kept.id}`
  const auditRow = auditEntry(deps, { accountId, actor, action: 'contact_separated', subject, changes: [] })
  try {
    await runBatch(deps.db, separate(deps.db, { kept, other }, { contact, now: deps.now(), auditRow }))
  } catch (error) {
    if (!isNotAll(error)) throw error
    return undefined
  }
  const job = await findBackgroundJob(deps.db, accountId, 'separate_contact', id)
  if (job) await separateContactStep(deps, job)
  return ok({ keptId: kept.id, changed })
}

export const isUndoable = ({ mergedAt }: { mergedAt: number | null }, now: number): boolean =>
  mergedAt !== null && mergedAt > now - MERGE_UNDO_MS
