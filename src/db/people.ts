/** Users, as sign-in sees them. */
import { eq, sql } from 'drizzle-orm'
import type { Db } from './client'
import { user } from './schema'

/** better-auth keeps addresses in lower case. `now` is epoch ms. */
export async function findStanding(db: Db, email: string, now: number): Promise<{ known: boolean; invited: boolean }> {
  const row = await db.get<{ known: number; invited: number }>(sql`
    SELECT EXISTS (SELECT 1 FROM users WHERE email = ${email}) AS known,
      EXISTS (SELECT 1 FROM invitations WHERE email = ${email} AND status = 'pending' AND expires_at > ${now}) AS invited`)
  return { known: row?.known === 1, invited: row?.invited === 1 }
}

export interface PersonalSettings {
  name: string
  /** Of the interface; '' = the browser's. */
  language: string
  /** IANA zone; '' = the account's. */
  timeZone: string
}

export async function updatePerson(db: Db, userId: string, settings: PersonalSettings): Promise<void> {
  await db
    .update(user)
    .set({ ...settings, updatedAt: sql`(cast(unixepoch('subsecond') * 1000 as integer))` })
    .where(eq(user.id, userId))
}
