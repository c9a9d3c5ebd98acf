/** Users, as sign-in sees them. */
import { sql } from 'drizzle-orm'
import type { Db } from './client'

/** better-auth keeps addresses in lower case. `now` is epoch ms. */
export async function findStanding(db: Db, email: string, now: number): Promise<{ known: boolean; invited: boolean }> {
  const row = await db.get<{ known: number; invited: number }>(sql`
    SELECT EXISTS (SELECT 1 FROM users WHERE email = ${email}) AS known,
      EXISTS (SELECT 1 FROM invitations WHERE email = ${email} AND status = 'pending' AND expires_at > ${now}) AS invited`)
  return { known: row?.known === 1, invited: row?.invited === 1 }
}
