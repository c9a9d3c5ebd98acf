import { runBatch } from '../../db/client'
import { copyActiveAccount, deleteEnded, deleteReplaced } from '../../db/sessions'
import type { Deps } from '../deps'

export interface BeginSession {
  /** Made by better-auth for a sign-in that has just been proven. */
  sessionId: string
  userId: string
  /** The session that this browser had until now. */
  replacedId?: string | undefined
}

/**
 * Deletes the sessions that a new one replaces: the browser's former session and the person's expired ones. The new session stays in
 * the account that the former one was in.
 */
export async function beginSession({ db, now }: Deps, { sessionId, userId, replacedId }: BeginSession): Promise<void> {
  const replaced = replacedId === undefined ? [] : [{ sessionId, userId, replacedId }]
  await runBatch(db, [
    ...replaced.flatMap((one) => [copyActiveAccount(one), deleteReplaced(one)]),
    deleteEnded(userId, now()),
  ])
}
