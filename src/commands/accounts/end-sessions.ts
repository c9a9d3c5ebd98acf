import { deleteOtherSessions, deleteSession } from '../../db/sessions'
import type { Deps } from '../deps'

export type SessionsToEnd = { userId: string } & ({ id: string } | { allBut: string })

/** Ends one session of a person, or all but one. The next request with an ended session is signed out. */
export async function endSessions({ db }: Deps, which: SessionsToEnd): Promise<void> {
  if ('id' in which) await deleteSession(db, which.userId, which.id)
  else await deleteOtherSessions(db, which.userId, which.allBut)
}
