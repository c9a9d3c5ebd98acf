/** Loads what a bulk send needs to decide on its documents, many in one query. */

import { sql } from 'drizzle-orm'
import type { Contact } from '../domain/contact'
import type { Creditable } from '../domain/credit-note'
import type { MailState } from '../domain/delivery'
import type { DocumentContent, DocumentKind, DocumentSnapshot, DocumentStatus } from '../domain/document'
import { FAILED_STATUSES } from '../domain/problem'
import { constants, type Db, jsonList } from './client'
import { readJson, readJsonOrNull } from './read-json'
import { ADDRESS, CONTENT, SNAPSHOT, STRINGS } from './stored-shapes'

export interface BulkFactRow {
  id: string
  kind: DocumentKind
  test: boolean
  status: DocumentStatus
  version: number
  paidAt: number | null
  credited: number
  latestSendId: string | null
  mailState: MailState | null
  /** Language of the issued snapshot. */
  language: string | null
  /** Null on an issued document. */
  content: DocumentContent | null
  contact: Contact | undefined
  refersTo: string | null
  /** The document that a draft of a credit note credits. */
  original: (Creditable & { currency: string; snapshot: DocumentSnapshot }) | undefined
}

/** Columns of `listBulkFacts` before their JSON is parsed. */
interface FactColumns extends Omit<BulkFactRow, 'test' | 'content' | 'contact' | 'original'> {
  test: number
  content: string | null
  contactId: string | null
  contactKind: Contact['kind']
  name: string
  address: string
  vatId: string
  contactLanguage: string
  currency: string
  emails: string
  originalId: string | null
  originalKind: DocumentKind
  originalStatus: DocumentStatus
  originalTotal: number
  originalCredited: number
  originalCurrency: string
  originalNumber: string
  originalSnapshot: string
}

/** Lists the documents of `ids` that the account has, in the order given. */
export async function listBulkFacts(db: Db, accountId: string, ids: string[]): Promise<BulkFactRow[]> {
  const rows = await db.all<FactColumns>(sql`
    SELECT c.id, c.kind, c.test, c.status, c.version, c.paid_at AS paidAt, c.credited, c.latest_send_id AS latestSendId,
      c.mail_state AS mailState, c.paper->>'language' AS language, iif(c.status = 'draft', c.content, NULL) AS content,
      k.id AS contactId, ${currentContact('kind')} AS contactKind, ${currentContact('name')} AS name, ${currentContact('address')} AS address,
      ${currentContact('vat_id')} AS vatId, ${currentContact('language')} AS contactLanguage, ${currentContact('currency')} AS currency,
      ${currentContact('emails')} AS emails, c.refers_to AS refersTo, o.id AS originalId, o.kind AS originalKind, o.status AS originalStatus,
      o.total AS originalTotal, o.credited AS originalCredited, o.currency AS originalCurrency, o.number AS originalNumber,
      o.paper AS originalSnapshot
    FROM json_each(${jsonList(ids)}) j
    CROSS JOIN documents c ON c.account_id = ${accountId} AND c.id = j.value
    LEFT JOIN documents o ON c.status = 'draft' AND o.account_id = c.account_id AND o.id = c.refers_to
    LEFT JOIN contacts k ON k.account_id = c.account_id AND k.id = coalesce(o.contact_id, c.contact_id)
    LEFT JOIN contacts m ON m.account_id = c.account_id AND m.id = k.merged_into
    ORDER BY j.key`)
  return rows.map((row) => ({
    ...{
      id: row.id,
      kind: row.kind,
      status: row.status,
      version: row.version,
      paidAt: row.paidAt,
      credited: row.credited,
    },
    ...{ latestSendId: row.latestSendId, mailState: row.mailState, language: row.language, refersTo: row.refersTo },
    test: row.test === 1,
    content: readJsonOrNull(CONTENT, row.content),
    contact: row.contactId === null ? undefined : contactOf(row),
    original: row.originalId === null ? undefined : originalOf(row),
  }))
}

/** Selects a column of the contact, or of the contact that it was merged into while its documents are still being moved. */
const currentContact = (column: string) => sql.raw(`iif(m.id IS NULL, k.${column}, m.${column})`)

const originalOf = (row: FactColumns): BulkFactRow['original'] => ({
  kind: row.originalKind,
  status: row.originalStatus,
  total: row.originalTotal,
  credited: row.originalCredited,
  currency: row.originalCurrency,
  snapshot: { ...readJson(SNAPSHOT, row.originalSnapshot), number: row.originalNumber },
})

const contactOf = (row: FactColumns): Contact => ({
  kind: row.contactKind,
  name: row.name,
  address: readJson(ADDRESS, row.address),
  vatId: row.vatId,
  language: row.contactLanguage,
  currency: row.currency,
  emails: readJson(STRINGS, row.emails),
  ...{ notes: '', externalId: '', source: '' },
})

/**
 * Lists, per document, the addresses reached since `since` or about to be; failed and cancelled mails don't count. A repetition leaves these addresses out, so that none gets the document twice.
 */
export async function listReached(
  db: Db,
  accountId: string,
  ids: string[],
  since: number,
): Promise<Map<string, Set<string>>> {
  const rows = await db.all<{ documentId: string; addressKey: string }>(sql`
    SELECT d.document_id AS documentId, lower(d.address) AS addressKey
    FROM json_each(${jsonList(ids)}) j
    CROSS JOIN deliveries d ON d.account_id = ${accountId} AND d.document_id = j.value
    WHERE d.created_at >= ${since}
      AND d.status NOT IN ${constants([...FAILED_STATUSES, 'cancelled'])}`)
  const byDocument = Map.groupBy(rows, (row) => row.documentId)
  return new Map([...byDocument].map(([id, found]) => [id, new Set(found.map((row) => row.addressKey))]))
}
