/** Who belongs to an account, and the guards of every change: they hold inside the statement, whoever else writes meanwhile. */
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

/** Owners first, then as they came. */
export async function listMembers(db: Db, accountId: string): Promise<MemberItem[]> {
  const rows = await db
    .select(columns)
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, accountId))
    .orderBy(asc(member.createdAt), asc(user.email))
  return rows.map(withRole).sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role))
}

/** Who owns an account, with what a mail to them is written in; '' = none chosen. */
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

/** That somebody has one of these roles in an account, at this moment. */
export const hasRole = (accountId: string | SQL, userId: string | SQL, roles: readonly Role[]) => sql`
  EXISTS (SELECT 1 FROM members AS m WHERE m.organization_id = ${accountId} AND m.user_id = ${userId}
    AND m.role IN (SELECT value FROM json_each(${JSON.stringify(roles)})))`

/** An account is never without an owner. */
const keepsAnOwner = (accountId: string) => sql`
  (role <> 'owner' OR (SELECT count(*) FROM members AS o WHERE o.organization_id = ${accountId} AND o.role = 'owner') > 1)`

export interface MemberChange {
  accountId: string
  userId: string
  /** The member who makes the change. */
  actor: string
}

/** For a batch; returns no row when the actor is no owner, the role was not `from` any more, or nobody would be owner. */
export const updateRole = ({ accountId, userId, actor }: MemberChange, from: Role, to: Role) => sql`
  UPDATE members SET role = ${to}
  WHERE organization_id = ${accountId} AND user_id = ${userId} AND role = ${from}
    AND ${hasRole(accountId, actor, ['owner'])} AND ${keepsAnOwner(accountId)}
  RETURNING user_id`

/** For a batch: leaving, or removing somebody that the actor may see to. Returns no row when it may not be. */
export const deleteMember = ({ accountId, userId, actor }: MemberChange) => sql`
  DELETE FROM members
  WHERE organization_id = ${accountId} AND user_id = ${userId} AND ${keepsAnOwner(accountId)}
    AND (user_id = ${actor} OR ${hasRole(accountId, actor, ['owner'])}
      OR (role IN ('viewer', 'member') AND ${hasRole(accountId, actor, ['admin'])}))
  RETURNING user_id`

/** For a batch: no session of theirs stays in an account that they don't belong to. */
export const leaveInSessions = (accountId: string, userId: string) => sql`
  UPDATE sessions SET active_organization_id = NULL
  WHERE user_id = ${userId} AND active_organization_id = ${accountId}
    AND NOT EXISTS (SELECT 1 FROM members WHERE organization_id = ${accountId} AND user_id = ${userId})`

/** False when the person does not belong to that account. */
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

export const updateNotify = (db: Db, accountId: string, userId: string, notifyProblems: Notify) =>
  db
    .update(member)
    .set({ notifyProblems })
    .where(and(eq(member.organizationId, accountId), eq(member.userId, userId)))
