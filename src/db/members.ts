/** Queries of members. The permission for each change is checked within its statement, so it holds under concurrent changes. */
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { isRole, type Notify, ROLES, type Role } from '../domain/role'
import type { Db } from './client'
import { member, user } from './schema'

export interface MemberItem {
  userId: string
  name: string
  email: string
  role: Role
}

const columns = { userId: user.id, name: user.name, email: user.email, role: member.role }

const withRole = <T extends { role: string }>(row: T) => ({ ...row, role: isRole(row.role) ? row.role : 'viewer' })

/** Lists members by role, owners first, then in the order in which they joined. */
export async function listMembers(db: Db, accountId: string): Promise<MemberItem[]> {
  const rows = await db
    .select(columns)
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, accountId))
    .orderBy(asc(member.createdAt), asc(user.email))
  return rows.map(withRole).sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role))
}

/** Lists an account's owners with the language and time zone for mails to them; '' = none chosen. */
export const listOwners = (
  db: Db,
  accountId: string,
): Promise<{ email: string; language: string; timeZone: string }[]> =>
  db
    .select({ email: user.email, language: user.language, timeZone: user.timeZone })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, accountId), eq(member.role, 'owner')))
    .all()

export async function findMember(db: Db, accountId: string, userId: string): Promise<MemberItem | undefined> {
  const row = await db
    .select(columns)
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, accountId), eq(member.userId, userId)))
    .get()
  return row && withRole(row)
}

/** Builds a condition: the user has one of these roles in the account. */
export const hasRole = (accountId: string | SQL, userId: string | SQL, roles: readonly Role[]) => sql`
  EXISTS (SELECT 1 FROM members AS m WHERE m.organization_id = ${accountId} AND m.user_id = ${userId}
    AND m.role IN (SELECT value FROM json_each(${JSON.stringify(roles)})))`

/** Builds a condition: the account keeps an owner if this member is removed or changed. */
const keepsAnOwner = (accountId: string) => sql`
  (role <> 'owner' OR (SELECT count(*) FROM members AS o WHERE o.organization_id = ${accountId} AND o.role = 'owner') > 1)`

export interface MemberChange {
  accountId: string
  userId: string
  /** The member who makes the change. */
  actor: string
}

/** Changes a member's role. For a batch; returns no row when the actor is no owner, the role is no longer `from`, or no owner would be left. */
export const updateRole = ({ accountId, userId, actor }: MemberChange, from: Role, to: Role) => sql`
  UPDATE members SET role = ${to}
  WHERE organization_id = ${accountId} AND user_id = ${userId} AND role = ${from}
    AND ${hasRole(accountId, actor, ['owner'])} AND ${keepsAnOwner(accountId)}
  RETURNING user_id`

/**
 * Deletes a member who leaves or is removed. For a batch; returns no row when the actor lacks the permission, or no owner would be left.
 */
export const deleteMember = ({ accountId, userId, actor }: MemberChange) => sql`
  DELETE FROM members
  WHERE organization_id = ${accountId} AND user_id = ${userId} AND ${keepsAnOwner(accountId)}
    AND (user_id = ${actor} OR ${hasRole(accountId, actor, ['owner'])}
      OR (role IN ('viewer', 'member') AND ${hasRole(accountId, actor, ['admin'])}))
  RETURNING user_id`

/** Clears the active account of a user's sessions, if the user is no longer a member. For a batch. */
export const clearActiveAccount = (accountId: string, userId: string) => sql`
  UPDATE sessions SET active_organization_id = NULL
  WHERE user_id = ${userId} AND active_organization_id = ${accountId}
    AND NOT EXISTS (SELECT 1 FROM members WHERE organization_id = ${accountId} AND user_id = ${userId})`

/** Sets the active account of a session. Returns false when the user is not a member. */
export async function activateAccount(
  db: Db,
  { sessionId, userId, accountId }: { sessionId: string; userId: string; accountId: string },
): Promise<boolean> {
  const row = await db.get(sql`
    UPDATE sessions SET active_organization_id = ${accountId}
    WHERE id = ${sessionId} AND user_id = ${userId} AND ${hasRole(accountId, userId, ROLES)}
    RETURNING id`)
  return row !== undefined
}

/** Sets which mails about failed deliveries a member receives. */
export const updateNotify = (db: Db, accountId: string, userId: string, notifyProblems: Notify) =>
  db
    .update(member)
    .set({ notifyProblems })
    .where(and(eq(member.organizationId, accountId), eq(member.userId, userId)))
