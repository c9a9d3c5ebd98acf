/** Mails that were lost with a queue message or an isolate. Nothing here is written while all goes well. */
import { sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'

/** A lost delivery as it was loaded: `timesBegun` guards against a second run of the same message. */
export interface LostDelivery {
  id: string
  timesBegun: number
}

/** Begins to count for dispatched deliveries whose isolate died with their message. */
export const countFromNow = (db: Db, ids: readonly string[]) =>
  db.run(sql`
    UPDATE deliveries SET times_begun = 0
    WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND status = 'dispatched' AND times_begun IS NULL`)

/** Counts a beginning and renews the lease to `until`. Returns false if another run has begun the mail in the meantime. */
export async function countBegun(db: Db, { id, timesBegun }: LostDelivery, until: number): Promise<boolean> {
  const begun = await db.all(sql`
    UPDATE deliveries SET times_begun = times_begun + 1, due_at = ${until}
    WHERE id = ${id} AND status = 'dispatched' AND times_begun = ${timesBegun} RETURNING id`)
  return begun.length > 0
}

/** Undoes `countBegun` for a mail that stopped before its claim, for example at a storage error. */
export const uncountBegun = (db: Db, { id, timesBegun }: LostDelivery) =>
  db.run(sql`
    UPDATE deliveries SET times_begun = ${timesBegun}
    WHERE id = ${id} AND status = 'dispatched' AND times_begun = ${timesBegun + 1}`)
