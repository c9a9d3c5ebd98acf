/** Accounts' own From addresses and the keys that sign for them. */
import { desc, eq, type SQL, sql } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import type { SenderDecision } from '../domain/sender-domain'
import type { CheckedRecord } from '../domain/sender-records'
import { type Db, jsonList } from './client'
import { readJson } from './read-json'
import { senderDomains, senderKeys } from './schema'
import { COMPANY, SETTINGS } from './stored-shapes'

export type SenderDomain = typeof senderDomains.$inferSelect
export type SenderKey = typeof senderKeys.$inferSelect

export const findSenderDomain = (db: Db, accountId: string): Promise<SenderDomain | undefined> =>
  db.select().from(senderDomains).where(eq(senderDomains.accountId, accountId)).get()

/** Returns an account's keys, newest first. */
export const listSenderKeys = (db: Db, accountId: string): Promise<SenderKey[]> =>
  db
    .select()
    .from(senderKeys)
    .where(eq(senderKeys.accountId, accountId))
    .orderBy(desc(senderKeys.createdAt), senderKeys.selector)
    .all()

/** Returns whether another account uses the domain. */
export async function isDomainTaken(db: Db, accountId: string, domain: string): Promise<boolean> {
  const row = await db.get(sql`
    SELECT 1 FROM sender_domains WHERE domain = ${domain} AND verified_at IS NOT NULL AND account_id <> ${accountId}`)
  return row !== undefined
}

export interface SigningKey {
  accountId: string
  domain: string
  selector: string
  /** Sealed. */
  privateKey: string
}

/** Returns the keys that sign mails of these accounts; none for an account whose address is not used. */
export const listSigningKeys = (db: Db, accountIds: readonly string[]) =>
  db.all<SigningKey>(sql`
    SELECT k.account_id AS accountId, k.domain, k.selector, k.private_key AS privateKey FROM json_each(${jsonList(accountIds)}) j
    CROSS JOIN sender_domains d ON d.account_id = j.value AND d.verified_at IS NOT NULL
    CROSS JOIN sender_keys k ON k.account_id = d.account_id AND k.selector = d.selector AND k.domain = d.domain`)

/** For a batch: saves the address. What was found and verified stays only where the domain is the same. */
export const saveSenderDomain = (
  { accountId, address, domain }: Pick<SenderDomain, 'accountId' | 'address' | 'domain'>,
  now: number,
): SQL => sql`
  INSERT INTO sender_domains (account_id, address, domain, records, added_at, revision)
  VALUES (${accountId}, ${address}, ${domain}, '[]', ${now}, 1)
  ON CONFLICT (account_id) DO UPDATE SET address = excluded.address, domain = excluded.domain, revision = revision + 1,
    selector = iif(domain = excluded.domain, selector, NULL), verified_at = iif(domain = excluded.domain, verified_at, NULL),
    failed_at = iif(domain = excluded.domain, failed_at, NULL), records = iif(domain = excluded.domain, records, '[]'),
    checked_at = iif(domain = excluded.domain, checked_at, NULL), added_at = iif(domain = excluded.domain, added_at, excluded.added_at)
  WHERE address <> excluded.address`

/** For a batch: adds a key, unless the account has as many of this domain already. */
export const insertSenderKey = (key: SenderKey, limit: number): SQL => sql`
  INSERT INTO sender_keys (account_id, selector, domain, public_key, private_key, created_at)
  SELECT ${key.accountId}, ${key.selector}, ${key.domain}, ${key.publicKey}, ${key.privateKey}, ${key.createdAt}
  WHERE (SELECT count(*) FROM sender_keys WHERE account_id = ${key.accountId}) < ${limit}
    AND EXISTS (SELECT 1 FROM sender_domains WHERE account_id = ${key.accountId} AND domain = ${key.domain})`

/** For a batch: removes keys of domains that the account has no more. */
export const removeOtherKeys = (accountId: string, domain: string): SQL => sql`
  DELETE FROM sender_keys WHERE account_id = ${accountId} AND domain <> ${domain}`

/** For a batch: removes a key that does not sign. */
export const removeSenderKey = (accountId: string, selector: string): SQL => sql`
  DELETE FROM sender_keys WHERE account_id = ${accountId} AND selector = ${selector}
    AND (SELECT count(*) FROM sender_keys WHERE account_id = ${accountId}) > 1
    AND NOT EXISTS (SELECT 1 FROM sender_domains WHERE account_id = ${accountId} AND selector = ${selector} AND verified_at IS NOT NULL)`

/** For a batch: removes the address. `chooseSender` must follow. */
export const removeSenderDomain = (accountId: string): SQL => sql`
  DELETE FROM sender_domains WHERE account_id = ${accountId}`
export const removeSenderKeys = (accountId: string): SQL => sql`
  DELETE FROM sender_keys WHERE account_id = ${accountId}`

/**
 * For a batch: writes what a check found. Changes no row where the address was changed in the meantime, or where another account has
 * begun to use the domain.
 */
export const writeSenderCheck = (
  { accountId, revision }: Pick<SenderDomain, 'accountId' | 'revision'>,
  { selector, verifiedAt, failedAt }: SenderDecision,
  records: readonly CheckedRecord[],
  now: number,
): SQL => sql`
  UPDATE OR IGNORE sender_domains SET selector = ${selector}, verified_at = ${verifiedAt}, failed_at = ${failedAt},
    records = ${JSON.stringify(records)}, checked_at = ${now}, revision = revision + 1
  WHERE account_id = ${accountId} AND revision = ${revision} RETURNING account_id`

/** For a batch, after any change: the address is the account's From address as long as it is verified. */
export const chooseSender = (accountId: string): SQL => sql`
  UPDATE accounts
  SET sender_address = (SELECT address FROM sender_domains WHERE account_id = ${accountId} AND verified_at IS NOT NULL)
  WHERE id = ${accountId}
    AND sender_address IS NOT (SELECT address FROM sender_domains WHERE account_id = ${accountId} AND verified_at IS NOT NULL)`

/** For a batch: the records are looked at then. */
export const scheduleSenderCheck = (accountId: string, dueAt: number): SQL => sql`
  INSERT INTO chores (account_id, kind, id, position, due_at) VALUES (${accountId}, 'check_sender', '', '', ${dueAt})
  ON CONFLICT (account_id, kind, id) DO UPDATE SET due_at = excluded.due_at`

export interface SenderAdmin {
  email: string
  /** Of the person; '' = the account's. */
  language: string
  company: Company
  settings: AccountSettings
}

/** Lists the owners and admins of an account. */
export async function listAdmins(db: Db, accountId: string): Promise<SenderAdmin[]> {
  const rows = await db.all<Omit<SenderAdmin, 'company' | 'settings'> & { company: string; settings: string }>(sql`
    SELECT u.email, u.language, a.company, a.settings FROM accounts a
    CROSS JOIN members m ON m.organization_id = a.id AND m.role IN ('owner', 'admin') CROSS JOIN users u ON u.id = m.user_id
    WHERE a.id = ${accountId}`)
  return rows.map((row) => ({
    ...row,
    company: readJson(COMPANY, row.company),
    settings: readJson(SETTINGS, row.settings),
  }))
}
