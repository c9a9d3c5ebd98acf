import { runBatch } from '../../db/client'
import { deleteEnded, deleteReplaced, keepAccount } from '../../db/sessions'
import type { Deps } from '../deps'

export interface BeginSession {
  /** Made by better-auth for a sign-in that has just been proven. */
  sessionId: string
  userId: string
  /** The session that this browser had until now. */
  replacedId?: string | undefined
}

/**
 * Ends what a new session takes the place of: the browser's former session, and those of the person that are over. Somebody who signs
 * in anew stays in the account that they worked in.
 */
export async function beginSession({ db, now }: Deps, { sessionId, userId, replacedId }: BeginSession): Promise<void> {
  const replaced = replacedId === undefined ? [] : [{ sessionId, userId, replacedId }]
  await runBatch(db, [
    ...replaced.flatMap((one) => [keepAccount(one), deleteReplaced(one)]),
    deleteEnded(userId, now()),
  ])
}
