import { sql } from 'drizzle-orm'
import type { DocumentAttachment } from '../domain/attachment'
import type { AccountSettings, Company } from '../domain/company'
import type { DocumentKind, DocumentStatus } from '../domain/document'
import type { Logo } from '../domain/logo'
import { type Db, jsonList, runBatch } from './client'
import { readJson, readJsonOrNull } from './read-json'
import { ATTACHMENTS, COMPANY, LOGO, SETTINGS } from './stored-shapes'

export interface SendContext {
  kind: DocumentKind
  status: DocumentStatus
  version: number
  company: Company
  settings: AccountSettings
  confirmedReplyEmail: string
  logo: Logo | null
  /** The document's files. */
  attachments: DocumentAttachment[]
  /** How many mails a day the account can send. */
  dailyQuota: number
  recordsEvents: boolean
  quotaZone: string | null
  /** The account's own connection that carries its mails; null = the deployment's. */
  mailConnection: string | null
  /** The document of an existing send with the same id, and when that send is due. */
  earlierFor: string | null
  earlierDueAt: number | null
}

type JsonColumn = 'company' | 'settings' | 'logo' | 'attachments'
type SendContextRow = Omit<SendContext, JsonColumn> & Record<JsonColumn, string | null>

/** Loads what the decision on a send needs, in one query. Returns undefined when the account has no such document. */
export async function findSendContext(
  db: Db,
  accountId: string,
  documentId: string,
  sendId: string,
): Promise<SendContext | undefined> {
  const [found] = await runBatch<SendContextRow>(db, [
    sql`SELECT c.kind, c.status, c.version, a.company, a.settings, a.confirmed_reply_email AS confirmedReplyEmail,
        a.logo, c.attachments,
        a.daily_quota AS dailyQuota, a.records_events AS recordsEvents, a.quota_zone AS quotaZone, a.mail_connection AS mailConnection, s.document_id AS earlierFor, coalesce(s.scheduled_for, s.created_at) AS earlierDueAt
      FROM documents c JOIN accounts a ON a.id = c.account_id
      LEFT JOIN sends s ON s.id = ${sendId} AND s.account_id = c.account_id
      WHERE c.account_id = ${accountId} AND c.id = ${documentId}`,
  ])
  const row = found?.results[0]
  if (!row) return undefined
  return {
    ...row,
    recordsEvents: Boolean(row.recordsEvents),
    company: readJson(COMPANY, row.company),
    settings: readJson(SETTINGS, row.settings),
    logo: readJsonOrNull(LOGO, row.logo),
    attachments: readJsonOrNull(ATTACHMENTS, row.attachments) ?? [],
  }
}

/** Lists the addresses of the members of several accounts. */
export const listAddressesOfMembers = (db: Db, accountIds: string[]) =>
  db.all<{ accountId: string; email: string }>(sql`
    SELECT m.organization_id AS accountId, u.email FROM json_each(${jsonList(accountIds)}) j
    CROSS JOIN members m ON m.organization_id = j.value CROSS JOIN users u ON u.id = m.user_id`)

/** Lists the addresses of an account's members. */
export async function listMemberAddresses(db: Db, accountId: string): Promise<string[]> {
  const rows = await db.all<{ email: string }>(sql`
    SELECT u.email FROM members m CROSS JOIN users u ON u.id = m.user_id WHERE m.organization_id = ${accountId}`)
  return rows.map((row) => row.email)
}
