import { env } from 'cloudflare:test'
import { contentOf } from './documents'

const CHUNK = 20_000

/**
 * Inserts invoices `doc_0000000001` … of one account, numbered likewise, to 40 customers: one in twenty is a draft, half of the
 * others are paid, and one in ten was not delivered. Those of test mode are `doc_test_0000000001` … and TEST-INV-0000000001 ….
 */
export async function insertManyDocuments(accountId: string, count: number, { test = false } = {}): Promise<void> {
  for (let start = 1; start <= count; start += CHUNK) {
    await env.DB.prepare(`
      WITH RECURSIVE n(i) AS (SELECT CAST(?2 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?3)
      INSERT INTO documents (account_id, id, kind, test, status, version, contact_name, contact_key, number, issue_date, due_date,
        currency, total, paid_at, mail_state, created_at, created_by, updated_at, content)
      SELECT ?1, printf(?5 || '%010d', i), 'invoice', ?5 = 'doc_test_', iif(i % 20 = 0, 'draft', 'final'), 1, 'Contact ' || (i % 40),
        'contact ' || (i % 40), iif(i % 20 = 0, NULL, printf(iif(?5 = 'doc_', '', 'TEST-') || 'INV-%010d', i)), '2026-11-01', '2026-12-01', 'EUR', i,
        iif(i % 2 = 0 OR i % 20 = 0, NULL, 1), iif(i % 20 = 0, NULL, iif(i % 10 = 1, 'problem', 'delivered')), i, '', i, ?4
      FROM n`)
      .bind(
        accountId,
        start,
        Math.min(start + CHUNK - 1, count),
        JSON.stringify(contentOf()),
        test ? 'doc_test_' : 'doc_',
      )
      .run()
  }
}
