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

/** Saves a person's settings. The last save wins, since only that person can change them. */
export async function savePerson(
  { db }: Deps,
  { userId, accountId, settings, notifyProblems }: SavePerson,
): Promise<void> {
  await runBatch(db, [updatePerson(db, userId, settings), updateNotify(db, accountId, userId, notifyProblems)])
}
