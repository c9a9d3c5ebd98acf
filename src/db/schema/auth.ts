/** better-auth's tables (`auth generate`, 1.7). Its organisations are accounts here. Property names are better-auth's. */
import { relations, sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { NOTIFY } from '../../domain/role'

const now = sql`(cast(unixepoch('subsecond') * 1000 as integer))`
const createdAt = integer('created_at', { mode: 'timestamp_ms' }).default(now).notNull()
const updatedAt = integer('updated_at', { mode: 'timestamp_ms' }).default(now).notNull()

export const user = sqliteTable('users', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).default(false).notNull(),
  image: text('image'),
  /** Language of the interface; empty = the browser's. */
  language: text('language').default('').notNull(),
  timeZone: text('time_zone').default('').notNull(),
  /** When the deployment's owner allowed this person to open an account, epoch ms; null once the account is open. */
  letInAt: integer('let_in_at'),
  createdAt,
  updatedAt,
})

export const session = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    token: text('token').notNull().unique(),
    createdAt,
    updatedAt,
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: text('user_id').notNull(),
    activeOrganizationId: text('active_organization_id'),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

export const account = sqliteTable(
  'logins',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: integer('access_token_expires_at', { mode: 'timestamp_ms' }),
    refreshTokenExpiresAt: integer('refresh_token_expires_at', { mode: 'timestamp_ms' }),
    scope: text('scope'),
    password: text('password'),
    createdAt,
    updatedAt,
  },
  (table) => [index('logins_user').on(table.userId)],
)

export const verification = sqliteTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt,
    updatedAt,
  },
  (table) => [index('verifications_identifier').on(table.identifier)],
)

export const organization = sqliteTable('organizations', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  slug: text('slug').notNull().unique(),
  logo: text('logo'),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  metadata: text('metadata'),
})

export const member = sqliteTable(
  'members',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    userId: text('user_id').notNull(),
    role: text('role').default('member').notNull(),
    /** Which mails about failed deliveries this member wants. */
    notifyProblems: text('notify_problems', { enum: NOTIFY }).default('at_once').notNull(),
    /** When the next notice about problems is due, epoch ms. */
    problemsDueAt: integer('problems_due_at'),
    /** The last `problems.seq` that was reported to this member. */
    problemsReported: integer('problems_told'),
    /** No notice is due before this moment, epoch ms. */
    problemsRestUntil: integer('problems_rest_until'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    uniqueIndex('members_user_organization').on(table.userId, table.organizationId),
    index('members_organization').on(table.organizationId),
    index('members_problems_due').on(table.problemsDueAt).where(sql`problems_due_at IS NOT NULL`),
  ],
)

export const invitation = sqliteTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    email: text('email').notNull(),
    role: text('role'),
    status: text('status').default('pending').notNull(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt,
    inviterId: text('inviter_id').notNull(),
    /** SHA-256 of the mailed link's token; sending again replaces it. */
    tokenHash: text('token_hash'),
  },
  (table) => [
    index('invitations_organization').on(table.organizationId),
    index('invitations_email').on(table.email),
    index('invitations_token').on(table.tokenHash).where(sql`token_hash IS NOT NULL`),
    uniqueIndex('invitations_pending').on(table.organizationId, table.email).where(sql`status = 'pending'`),
  ],
)

/** A passkey's public key. The private key never leaves the person's device. */
export const passkey = sqliteTable(
  'passkeys',
  {
    id: text('id').primaryKey(),
    name: text('name'),
    publicKey: text('public_key').notNull(),
    userId: text('user_id').notNull(),
    credentialID: text('credential_id').notNull(),
    counter: integer('counter').notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: integer('backed_up', { mode: 'boolean' }).notNull(),
    transports: text('transports'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }),
    aaguid: text('aaguid'),
  },
  (table) => [index('passkeys_user').on(table.userId), uniqueIndex('passkeys_credential').on(table.credentialID)],
)

export const userRelations = relations(user, ({ many }) => ({
  sessions: many(session),
  accounts: many(account),
  members: many(member),
  invitations: many(invitation),
}))

export const sessionRelations = relations(session, ({ one }) => ({
  user: one(user, { fields: [session.userId], references: [user.id] }),
}))

export const accountRelations = relations(account, ({ one }) => ({
  user: one(user, { fields: [account.userId], references: [user.id] }),
}))

export const organizationRelations = relations(organization, ({ many }) => ({
  members: many(member),
  invitations: many(invitation),
}))

export const memberRelations = relations(member, ({ one }) => ({
  organization: one(organization, { fields: [member.organizationId], references: [organization.id] }),
  user: one(user, { fields: [member.userId], references: [user.id] }),
}))

export const invitationRelations = relations(invitation, ({ one }) => ({
  organization: one(organization, { fields: [invitation.organizationId], references: [organization.id] }),
  user: one(user, { fields: [invitation.inviterId], references: [user.id] }),
}))
