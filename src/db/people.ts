/** Users, as sign-in sees them. */
import { eq, sql } from 'drizzle-orm'
import type { Db } from './client'
import { user, verification } from './schema'

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

/** For a batch. */
export const updatePerson = (db: Db, userId: string, settings: PersonalSettings) =>
  db
    .update(user)
    .set({ ...settings, updatedAt: sql`(cast(unixepoch('subsecond') * 1000 as integer))` })
    .where(eq(user.id, userId))

export const findUserByEmail = (db: Db, email: string): Promise<{ id: string; language: string } | undefined> =>
  db.select({ id: user.id, language: user.language }).from(user).where(eq(user.email, email)).get()

export interface StoredPerson {
  name: string
  email: string
  /** '' = none chosen. */
  language: string
  timeZone: string
  /** Epoch ms. */
  createdAt: number
}

export async function findPersonById(db: Db, userId: string): Promise<StoredPerson | undefined> {
  const row = await db
    .select({
      ...{ name: user.name, email: user.email },
      ...{ language: user.language, timeZone: user.timeZone, createdAt: user.createdAt },
    })
    .from(user)
    .where(eq(user.id, userId))
    .get()
  return row && { ...row, createdAt: row.createdAt.getTime() }
}

/** As better-auth's magic link keeps its tokens (`storeToken: 'hashed'`). */
export async function insertSignInToken(
  db: Db,
  { email, hash, expiresAt }: { email: string; hash: string; expiresAt: number },
): Promise<void> {
  await db.insert(verification).values({
    id: crypto.randomUUID(),
    identifier: `magic-link:${hash}`,
    value: JSON.stringify({ type: 'magic-link', email }),
    expiresAt: new Date(expiresAt),
  })
}

/** Whether the deployment's owner let this person in to open an account, and they have opened none since. */
export async function wasLetIn(db: Db, userId: string): Promise<boolean> {
  const row = await db.get(sql`SELECT 1 FROM users WHERE id = ${userId} AND let_in_at IS NOT NULL`)
  return row !== undefined
}
