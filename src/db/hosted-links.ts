/** Queries of the links in customers' mails. The hash of a link authorises its access and determines the account. */
import { sql } from 'drizzle-orm'
import type { DocumentAttachment } from '../domain/attachment'
import type { AccountSettings, Company } from '../domain/company'
import type { DocumentKind, DocumentSnapshot } from '../domain/document'
import type { Logo } from '../domain/logo'
import type { Db } from './client'
import { readJson, readJsonOrNull } from './read-json'
import { ATTACHMENTS, COMPANY, LOGO, SETTINGS, SNAPSHOT } from './stored-shapes'

export interface HostedLink {
  accountId: string
  documentId: string
  deliveryId: string
  address: string
  /** Language of the mail that contained the link. */
  language: string
  /** When this link was made. */
  createdAt: number
  /** Links made until then no longer open. */
  revokedAt: number | null
  kind: DocumentKind
  number: string
  test: boolean
  dueDate: string
  total: number
  credited: number
  paidAt: number | null
  pdfSha256: string | null
  snapshot: Omit<DocumentSnapshot, 'number'>
  /** All files of the document, including those that are not public. */
  attachments: DocumentAttachment[]
  /** The account's current data: contact details and how long links work. */
  company: Company
  logo: Logo | null
  settings: AccountSettings
}

type JsonColumn = 'snapshot' | 'company' | 'settings' | 'attachments' | 'logo'
type HostedLinkRow = Omit<HostedLink, JsonColumn | 'test'> & Record<JsonColumn, string | null> & { test: number }

/** Finds what a link leads to, by the SHA-256 of its token: the link of a mail, or a fresh link that replaced it. */
export async function findHostedLink(db: Db, hash: string): Promise<HostedLink | undefined> {
  const row = await db.get<HostedLinkRow | undefined>(sql`
    SELECT d.account_id AS accountId, d.document_id AS documentId, d.id AS deliveryId, d.address, s.language,
      l.created_at AS createdAt, c.links_revoked_at AS revokedAt, c.kind, c.number, c.test, c.due_date AS dueDate, c.total,
      c.credited, c.paid_at AS paidAt, c.pdf_sha256 AS pdfSha256, c.paper AS snapshot, c.attachments, a.company, a.logo, a.settings
    FROM (
      SELECT id, link_created_at AS created_at FROM deliveries WHERE link_hash = ${hash}
      UNION ALL SELECT delivery_id, created_at FROM fresh_links WHERE hash = ${hash}
    ) l
    CROSS JOIN deliveries d ON d.id = l.id
    CROSS JOIN sends s ON s.id = d.send_id
    CROSS JOIN documents c ON c.account_id = d.account_id AND c.id = d.document_id AND c.paper IS NOT NULL
    CROSS JOIN accounts a ON a.id = d.account_id`)
  if (!row) return undefined
  return {
    ...row,
    test: row.test === 1,
    snapshot: readJson(SNAPSHOT, row.snapshot),
    company: readJson(COMPANY, row.company),
    settings: readJson(SETTINGS, row.settings),
    attachments: readJsonOrNull(ATTACHMENTS, row.attachments) ?? [],
    logo: readJsonOrNull(LOGO, row.logo),
  }
}

/** Limits the fresh links of a delivery to one in ten minutes and five a day, so that an old link can't be used to flood a mailbox. */
const FRESH_LINK_PAUSE_MS = 10 * 60_000
const FRESH_LINKS_A_DAY = 5
const DAY_MS = 86_400_000

/** Inserts a fresh link. Returns false when the limits are reached. */
export async function insertFreshLink(
  db: Db,
  link: { accountId: string; deliveryId: string; hash: string },
  now: number,
): Promise<boolean> {
  const recent = (since: number) =>
    sql`(SELECT count(*) FROM fresh_links WHERE account_id = ${link.accountId} AND delivery_id = ${link.deliveryId} AND created_at > ${since})`
  const inserted = await db.all(sql`
    INSERT INTO fresh_links (account_id, delivery_id, created_at, hash)
    SELECT ${link.accountId}, ${link.deliveryId}, ${now}, ${link.hash}
    WHERE ${recent(now - FRESH_LINK_PAUSE_MS)} = 0 AND ${recent(now - DAY_MS)} < ${FRESH_LINKS_A_DAY}
    ON CONFLICT DO NOTHING
    RETURNING hash`)
  return inserted.length > 0
}

/** Revokes the document's links made until `now`. For a batch; returns no row when none of its links was open. */
export function revokeDocumentLinks(db: Db, accountId: string, documentId: string, now: number) {
  return db.all<{ id: string }>(sql`
    UPDATE documents SET links_revoked_at = ${now}
    WHERE account_id = ${accountId} AND id = ${documentId} AND EXISTS (
      SELECT 1 FROM deliveries d
      LEFT JOIN fresh_links f ON f.account_id = d.account_id AND f.delivery_id = d.id
      WHERE d.account_id = ${accountId} AND d.document_id = ${documentId}
        AND max(d.link_created_at, coalesce(f.created_at, 0)) > coalesce(links_revoked_at, 0))
    RETURNING id`)
}
