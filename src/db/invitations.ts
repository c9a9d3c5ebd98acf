/** Queries of invitations to an account. An address has at most one pending invitation. */
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { isRole, type Role } from '../domain/role'
import type { Db } from './client'
import { hasRole } from './members'
import { invitation, user } from './schema'

/** Builds a condition: the actor can grant this role. Owners grant any role, admins `viewer` and `member`. */
const canGrant = (accountId: string | SQL, actor: string | SQL, role: SQL) => sql`
  (${hasRole(accountId, actor, ['owner'])}
    OR (${role} IN ('viewer', 'member') AND ${hasRole(accountId, actor, ['admin'])}))`

/** Builds a condition: the inviter can still grant the invitation's role. */
const inviterCanGrant = canGrant(sql`invitations.organization_id`, sql`invitations.inviter_id`, sql`invitations.role`)

export interface InvitationItem {
  id: string
  email: string
  role: Role
  /** Epoch ms. */
  expiresAt: number
}

const columns = { id: invitation.id, email: invitation.email, role: invitation.role, expiresAt: invitation.expiresAt }

type Row = Omit<InvitationItem, 'role' | 'expiresAt'> & { role: string | null; expiresAt: Date }

const itemOf = ({ role, expiresAt, ...row }: Row): InvitationItem => ({
  ...row,
  role: role !== null && isRole(role) ? role : 'viewer',
  expiresAt: expiresAt.getTime(),
})

const isPending = eq(invitation.status, 'pending')

/** Lists pending invitations, including expired ones, which can be sent again. */
export async function listInvitations(db: Db, accountId: string): Promise<InvitationItem[]> {
  const rows = await db
    .select(columns)
    .from(invitation)
    .where(and(eq(invitation.organizationId, accountId), isPending))
    .orderBy(asc(invitation.email))
  return rows.map(itemOf)
}

/** Returns a pending invitation. */
export async function findInvitation(db: Db, accountId: string, id: string): Promise<InvitationItem | undefined> {
  const row = await db
    .select(columns)
    .from(invitation)
    .where(and(eq(invitation.organizationId, accountId), eq(invitation.id, id), isPending))
    .get()
  return row && itemOf(row)
}

export interface OpenInvitation extends InvitationItem {
  accountId: string
  /** Name of the inviter, or else the address. */
  inviter: string
  /** A user with this address exists. */
  known: boolean
}

/** Returns the invitation of a mailed link, if it is pending and not expired, and its inviter can still grant the role. */
export async function findOpenInvitation(db: Db, tokenHash: string, now: number): Promise<OpenInvitation | undefined> {
  const row = await db
    .select({
      ...columns,
      ...{ accountId: invitation.organizationId, name: user.name, inviterEmail: user.email },
      known: sql<number>`EXISTS (SELECT 1 FROM users AS u WHERE u.email = ${invitation.email})`,
    })
    .from(invitation)
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .where(and(eq(invitation.tokenHash, tokenHash), isPending, sql`${invitation.expiresAt} > ${now}`, inviterCanGrant))
    .get()
  if (!row) return undefined
  const { name, inviterEmail, known, ...rest } = row
  return { ...itemOf(rest), accountId: rest.accountId, inviter: name || inviterEmail || '', known: known === 1 }
}

export interface NewInvitation {
  id: string
  accountId: string
  email: string
  role: Role
  /** User id of the inviter. */
  actor: string
  tokenHash: string
  expiresAt: number
  now: number
}

/**
 * Inserts an invitation, or renews the pending one. For a batch; returns no row when the address is a member's, or the actor can't grant
 * the role.
 */
export const insertInvitation = (one: NewInvitation) => sql`
  INSERT INTO invitations (id, organization_id, email, role, status, expires_at, created_at, inviter_id, token_hash)
  SELECT ${one.id}, ${one.accountId}, ${one.email}, ${one.role}, 'pending', ${one.expiresAt}, ${one.now}, ${one.actor}, ${one.tokenHash}
  WHERE ${canGrant(one.accountId, one.actor, sql`${one.role}`)}
    AND NOT EXISTS (SELECT 1 FROM members AS x JOIN users AS u ON u.id = x.user_id
      WHERE x.organization_id = ${one.accountId} AND u.email = ${one.email})
  ON CONFLICT (organization_id, email) WHERE status = 'pending' DO UPDATE
  SET role = excluded.role, expires_at = excluded.expires_at, inviter_id = excluded.inviter_id, token_hash = excluded.token_hash
  WHERE ${canGrant(one.accountId, one.actor, sql`invitations.role`)}
  RETURNING id`

/** Cancels a pending invitation. For a batch; returns no row when it is no longer pending, or the actor can't grant its role. */
export const cancelInvitation = ({ accountId, id, actor }: { accountId: string; id: string; actor: string }) => sql`
  UPDATE invitations SET status = 'canceled', token_hash = NULL
  WHERE organization_id = ${accountId} AND id = ${id} AND status = 'pending'
    AND ${canGrant(accountId, actor, sql`invitations.role`)}
  RETURNING id`

/**
 * Cancels the pending invitations whose roles their inviter can no longer grant. For a batch, after a statement that reduced the
 * inviter's rights. The links stay invalid, even if the rights are restored.
 */
export const cancelInvitationsWithoutRights = (accountId: string, inviterId: string) => sql`
  UPDATE invitations SET status = 'canceled', token_hash = NULL
  WHERE organization_id = ${accountId} AND inviter_id = ${inviterId} AND status = 'pending' AND NOT ${inviterCanGrant}`

export interface Acceptance {
  tokenHash: string
  now: number
  memberId: string
  userId: string
  /** Name of a new user; ignored if the user exists. */
  newName: string | null
}

const isOpen = ({ tokenHash, now }: Acceptance) =>
  sql`i.token_hash = ${tokenHash} AND i.status = 'pending' AND i.expires_at > ${now}
    AND ${canGrant(sql`i.organization_id`, sql`i.inviter_id`, sql`i.role`)}`

/** Inserts the invited user, unless the address has one. The mailed link has verified the address. For a batch. */
export const insertInvitedUser = (one: Acceptance) => sql`
  INSERT INTO users (id, name, email, email_verified)
  SELECT ${one.userId}, ${one.newName ?? ''}, i.email, 1 FROM invitations AS i WHERE ${isOpen(one)}
  ON CONFLICT DO NOTHING`

/** Makes the user a member, if the user has the invited address. For a batch. */
export const insertInvitedMember = (one: Acceptance) => sql`
  INSERT INTO members (id, organization_id, user_id, role, created_at)
  SELECT ${one.memberId}, i.organization_id, u.id, i.role, ${one.now}
  FROM invitations AS i JOIN users AS u ON u.id = ${one.userId} AND u.email = i.email
  WHERE ${isOpen(one)} AND EXISTS (SELECT 1 FROM accounts WHERE id = i.organization_id)
  ON CONFLICT DO NOTHING`

/** Accepts the invitation of a user who is a member now, so that its link can't be used again. For a batch; returns no row otherwise. */
export const markInvitationAccepted = ({ tokenHash, userId }: Acceptance) => sql`
  UPDATE invitations SET status = 'accepted', token_hash = NULL
  WHERE token_hash = ${tokenHash} AND status = 'pending'
    AND EXISTS (SELECT 1 FROM members AS m WHERE m.organization_id = invitations.organization_id AND m.user_id = ${userId})
  RETURNING id`
