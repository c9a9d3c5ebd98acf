/** Invitations to an account. An address has at most one that waits. */
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { isRole, type Role } from '../domain/role'
import type { Db } from './client'
import { hasRole } from './members'
import { invitation, user } from './schema'

/** An owner gives away any role, an admin those below. All three may be expressions of SQL. */
const mayGive = (accountId: string | SQL, actor: string | SQL, role: SQL) => sql`
  (${hasRole(accountId, actor, ['owner'])}
    OR (${role} IN ('viewer', 'member') AND ${hasRole(accountId, actor, ['admin'])}))`

/** The rights of an invitation's maker, at this moment. */
const makerMayGive = mayGive(sql`invitations.organization_id`, sql`invitations.inviter_id`, sql`invitations.role`)

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

const waiting = eq(invitation.status, 'pending')

/** Those that wait, expired ones too: they can be sent again. */
export async function listInvitations(db: Db, accountId: string): Promise<InvitationItem[]> {
  const rows = await db
    .select(columns)
    .from(invitation)
    .where(and(eq(invitation.organizationId, accountId), waiting))
    .orderBy(asc(invitation.email))
  return rows.map(itemOf)
}

export async function findInvitation(db: Db, accountId: string, id: string): Promise<InvitationItem | undefined> {
  const row = await db
    .select(columns)
    .from(invitation)
    .where(and(eq(invitation.organizationId, accountId), eq(invitation.id, id), waiting))
    .get()
  return row && itemOf(row)
}

export interface OpenInvitation extends InvitationItem {
  accountId: string
  /** Who invited: their name, else their address. */
  inviter: string
  /** The address has a user already. */
  known: boolean
}

/** What a mailed link stands for, while it may be used: until it expires, and as long as its maker may give that role away. */
export async function findOpenInvitation(db: Db, tokenHash: string, now: number): Promise<OpenInvitation | undefined> {
  const row = await db
    .select({
      ...columns,
      ...{ accountId: invitation.organizationId, name: user.name, inviterEmail: user.email },
      known: sql<number>`EXISTS (SELECT 1 FROM users AS u WHERE u.email = ${invitation.email})`,
    })
    .from(invitation)
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .where(and(eq(invitation.tokenHash, tokenHash), waiting, sql`${invitation.expiresAt} > ${now}`, makerMayGive))
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
  /** Who invites, and the roles they may give away. */
  actor: string
  tokenHash: string
  expiresAt: number
  now: number
}

/** For a batch: a new invitation, or the waiting one renewed. Returns no row for a member's address or a role that is not the actor's to give. */
export const insertInvitation = (one: NewInvitation) => sql`
  INSERT INTO invitations (id, organization_id, email, role, status, expires_at, created_at, inviter_id, token_hash)
  SELECT ${one.id}, ${one.accountId}, ${one.email}, ${one.role}, 'pending', ${one.expiresAt}, ${one.now}, ${one.actor}, ${one.tokenHash}
  WHERE ${mayGive(one.accountId, one.actor, sql`${one.role}`)}
    AND NOT EXISTS (SELECT 1 FROM members AS x JOIN users AS u ON u.id = x.user_id
      WHERE x.organization_id = ${one.accountId} AND u.email = ${one.email})
  ON CONFLICT (organization_id, email) WHERE status = 'pending' DO UPDATE
  SET role = excluded.role, expires_at = excluded.expires_at, inviter_id = excluded.inviter_id, token_hash = excluded.token_hash
  WHERE ${mayGive(one.accountId, one.actor, sql`invitations.role`)}
  RETURNING id`

/** For a batch; returns no row when it waits no more or is not the actor's to take back. */
export const cancelInvitation = ({ accountId, id, actor }: { accountId: string; id: string; actor: string }) => sql`
  UPDATE invitations SET status = 'canceled', token_hash = NULL
  WHERE organization_id = ${accountId} AND id = ${id} AND status = 'pending'
    AND ${mayGive(accountId, actor, sql`invitations.role`)}
  RETURNING id`

/**
 * For a batch, after a statement that took rights from somebody: ends the invitations that they made and could not make any more.
 * Their links are worth nothing then, even if the rights come back.
 */
export const endInvitationsWithoutRights = (accountId: string, makerId: string) => sql`
  UPDATE invitations SET status = 'canceled', token_hash = NULL
  WHERE organization_id = ${accountId} AND inviter_id = ${makerId} AND status = 'pending' AND NOT ${makerMayGive}`

export interface Acceptance {
  tokenHash: string
  now: number
  memberId: string
  userId: string
  /** Name of a person who is new; somebody known is not made again. */
  newName: string | null
}

const open = ({ tokenHash, now }: Acceptance) =>
  sql`i.token_hash = ${tokenHash} AND i.status = 'pending' AND i.expires_at > ${now}
    AND ${mayGive(sql`i.organization_id`, sql`i.inviter_id`, sql`i.role`)}`

/** For a batch: the user behind a mailed link, who has proven the address by opening it. */
export const insertInvitedUser = (one: Acceptance) => sql`
  INSERT INTO users (id, name, email, email_verified)
  SELECT ${one.userId}, ${one.newName ?? ''}, i.email, 1 FROM invitations AS i WHERE ${open(one)}
  ON CONFLICT DO NOTHING`

/** For a batch: only the person with the invited address becomes a member. */
export const insertInvitedMember = (one: Acceptance) => sql`
  INSERT INTO members (id, organization_id, user_id, role, created_at)
  SELECT ${one.memberId}, i.organization_id, u.id, i.role, ${one.now}
  FROM invitations AS i JOIN users AS u ON u.id = ${one.userId} AND u.email = i.email
  WHERE ${open(one)} AND EXISTS (SELECT 1 FROM accounts WHERE id = i.organization_id)
  ON CONFLICT DO NOTHING`

/** For a batch: spends the link of somebody who is a member now. Returns no row otherwise. */
export const spendInvitation = ({ tokenHash, userId }: Acceptance) => sql`
  UPDATE invitations SET status = 'accepted', token_hash = NULL
  WHERE token_hash = ${tokenHash} AND status = 'pending'
    AND EXISTS (SELECT 1 FROM members AS m WHERE m.organization_id = invitations.organization_id AND m.user_id = ${userId})
  RETURNING id`
