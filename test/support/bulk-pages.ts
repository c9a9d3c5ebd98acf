/** Makes and reads what tests of bulk sends need, for the current merchant. */
import { env } from 'cloudflare:test'
import type { Contact } from '../../src/domain/contact'
import { routes } from '../../src/routes'
import { type Merchant, textOf } from './client'
import { row, rows } from './database'
import { draftFor, invoiceFor } from './sendable'

export function bulkPages(merchant: () => Merchant) {
  const invoice = (contact: Partial<Contact> = {}) => invoiceFor(merchant(), { contact })
  const draft = (contact: Partial<Contact> = {}) => draftFor(merchant(), { contact })
  const open = async (bulkId: string, query = '') => textOf(await merchant().get(routes.bulkSend(bulkId) + query))
  const list = async (bulkId: string, group = 'all') =>
    textOf(await merchant().get(`${routes.bulkSendDocuments(bulkId)}?group=${group}`))
  const suppress = (address: string) =>
    env.DB.prepare("INSERT INTO suppressions VALUES (?, ?, 'manual', '', NULL, 0, '')")
      .bind(merchant().accountId, address)
      .run()
  const sentTo = async () =>
    (await rows<{ address: string }>('SELECT address FROM deliveries ORDER BY address')).map(({ address }) => address)
  const bulkRow = (id: string) => row<Record<string, number | string>>('SELECT * FROM bulk_sends WHERE id = ?', id)
  const number = async (id: string) =>
    (await row<{ number: string | null }>('SELECT number FROM documents WHERE id = ?', id)).number

  /** Copies a document so many times. */
  const copies = (documentId: string, count: number) =>
    env.DB.prepare(`
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
        INSERT INTO documents (account_id, id, kind, test, status, version, contact_id, contact_name, contact_key, number, issue_date,
          due_date, currency, total, created_at, created_by, updated_at, content, paper)
        SELECT account_id, printf('doc_%026d', i), kind, test, status, version, contact_id, contact_name, contact_key, 'C-' || i,
          issue_date, due_date, currency, total, created_at, created_by, updated_at, content, paper
        FROM n, documents WHERE id = ?1`)
      .bind(documentId, count)
      .run()
  return { invoice, draft, open, list, suppress, sentTo, bulkRow, number, copies }
}
