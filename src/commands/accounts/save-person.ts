import { runBatch } from '../../db/client'
import { updateNotify } from '../../db/members'
import { type PersonalSettings, updatePerson } from '../../db/people'
import type { Notify } from '../../domain/role'
import type { Deps } from '../deps'

export interface SavePerson {
  userId: string
  /** The account that `notifyProblems` is about. */
  accountId: string
  settings: PersonalSettings
  notifyProblems: Notify
}

/** A person's own settings; the last one to save wins, since nobody else may. */
export async function savePerson(
  { db }: Deps,
  { userId, accountId, settings, notifyProblems }: SavePerson,
): Promise<void> {
  await runBatch(db, [updatePerson(db, userId, settings), updateNotify(db, accountId, userId, notifyProblems)])
}
