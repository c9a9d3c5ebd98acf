/** Queries of sessions, which better-auth inserts. */
import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { SESSION_MAX_MS } from '../domain/session'
import type { Db } from './client'
import { passkey, session, verification } from './schema'

export interface SessionItem {
  id: string
  userAgent: string
  /** Epoch ms. */
  signedInAt: number
  /** Epoch ms; updated once a day. */
  lastUsedAt: number
}

/** Returns the sessions that can still be used, last used first. */
export async function listSessions(db: Db, userId: string, now: number): Promise<SessionItem[]> {
  const rows = await db
    .select({
      id: session.id,
      userAgent: session.userAgent,
      createdAt: session.createdAt,
      updatedAt: session.updatedAt,
    })
    .from(session)
    .where(
      and(
        eq(session.userId, userId),
        gt(session.expiresAt, new Date(now)),
        gt(session.createdAt, new Date(now - SESSION_MAX_MS)),
      ),
    )
    .orderBy(desc(session.updatedAt))
  return rows.map(({ id, userAgent, createdAt, updatedAt }) => ({
    ...{ id, userAgent: userAgent ?? '' },
    ...{ signedInAt: createdAt.getTime(), lastUsedAt: updatedAt.getTime() },
  }))
}

/** Deletes a session, if it belongs to this person. */
export const deleteSession = (db: Db, userId: string, id: string) =>
  db.delete(session).where(and(eq(session.userId, userId), eq(session.id, id)))

/** Deletes all sessions of this person except one. */
export const deleteOtherSessions = (db: Db, userId: string, keptId: string) =>
  db.delete(session).where(and(eq(session.userId, userId), sql`${session.id} <> ${keptId}`))

export interface Replacement {
  /** The new session and its person. */
  sessionId: string
  userId: string
  /** The session that this browser had until now. */
  replacedId: string
}

/** Copies the active account from the replaced session to the new one. For a batch. */
export const copyActiveAccount = ({ sessionId, userId, replacedId }: Replacement) => sql`
  UPDATE sessions SET active_organization_id = o.active_organization_id
  FROM (SELECT active_organization_id FROM sessions WHERE id = ${replacedId} AND user_id = ${userId}) AS o
  WHERE sessions.id = ${sessionId} AND o.active_organization_id IS NOT NULL`

/** Deletes the replaced session, whose cookie has been overwritten. For a batch. */
export const deleteReplaced = ({ sessionId, replacedId }: Replacement) => sql`
  DELETE FROM sessions WHERE id = ${replacedId} AND id <> ${sessionId}`

/** Deletes a person's expired sessions. For a batch. */
export const deleteEnded = (userId: string, now: number) => sql`
  DELETE FROM sessions WHERE user_id = ${userId} AND (expires_at <= ${now} OR created_at <= ${now - SESSION_MAX_MS})`

/**
 * Returns the address that a sign-in link was mailed to, without spending the link; undefined when it is used or too old.
 * @param hash of the token, as better-auth's magic link keeps it
 */
export async function findSignInEmail(db: Db, hash: string, now: number): Promise<string | undefined> {
  const row = await db
    .select({
      email: sql<string | null>`CASE WHEN json_valid(${verification.value}) THEN ${verification.value}->>'email' END`,
    })
    .from(verification)
    .where(and(eq(verification.identifier, `magic-link:${hash}`), gt(verification.expiresAt, new Date(now))))
    .get()
  return row?.email ?? undefined
}

/** Returns whose passkey has this credential id (WebAuthn, base64url). */
export async function findPasskeyOwner(db: Db, credentialId: string): Promise<string | undefined> {
  const row = await db
    .select({ userId: passkey.userId })
    .from(passkey)
    .where(eq(passkey.credentialID, credentialId))
    .get()
  return row?.userId
}
