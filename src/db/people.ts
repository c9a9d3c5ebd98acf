/** Queries of users for sign-in and personal settings. */
import { eq, sql } from 'drizzle-orm'
import type { Db } from './client'
import { user, verification } from './schema'

/**
 * Reports whether an address has a user, and whether it has a pending invitation.
 * @param email in lower case, as better-auth stores it
 */
export async function findAddressStatus(
  db: Db,
  email: string,
  now: number,
): Promise<{ known: boolean; invited: boolean }> {
  const row = await db.get<{ known: number; invited: number }>(sql`
    SELECT EXISTS (SELECT 1 FROM users WHERE email = ${email}) AS known,
      EXISTS (SELECT 1 FROM invitations WHERE email = ${email} AND status = 'pending' AND expires_at > ${now}) AS invited`)
  return { known: row?.known === 1, invited: row?.invited === 1 }
}

export interface PersonalSettings {
  name: string
  /** Language of the interface; '' = the browser's. */
  language: string
  /** IANA zone; '' = the account's. */
  timeZone: string
}

/** Updates personal settings. For a batch. */
export const updatePerson = (db: Db, userId: string, settings: PersonalSettings) =>
  db
    .update(user)
    .set({ ...settings, updatedAt: sql`(cast(unixepoch('subsecond') * 1000 as integer))` })
    .where(eq(user.id, userId))

/** Returns the user with an address. */
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

/** Returns a user's personal settings and address. */
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

/** Inserts a token in the form in which better-auth's magic link stores it (`storeToken: 'hashed'`). */
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

/** Reports whether the deployment's owner has allowed this user to open an account and the user has opened none since. */
export async function hasAccountPermit(db: Db, userId: string): Promise<boolean> {
  const row = await db.get(sql`SELECT 1 FROM users WHERE id = ${userId} AND let_in_at IS NOT NULL`)
  return row !== undefined
}
