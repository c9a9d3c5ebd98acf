/** Inserts rows directly into D1, for tests of what follows after a send is queued, with thousands of rows if needed. */
import { env } from 'cloudflare:test'
import type { AccountSettings, Company } from '../../src/domain/company'
import { ORIGIN_PRIORITY, type SendOrigin } from '../../src/domain/delivery'
import type { DocumentContent, DocumentSnapshot } from '../../src/domain/document'
import { computeTotals } from '../../src/domain/totals'
import { companyOf, settingsOf } from './accounts'
import { contentOf, lineOf } from './documents'

export const company = companyOf({
  email: 'bonjour@atelier-dupre.example',
  iban: 'FR7630006000011234567890189',
  bic: 'AGRIFRPP',
})
export const settings = settingsOf({
  numberPatterns: { invoice: '{YYYY}-{0000}', receipt: 'R-{YYYY}-{0000}', credit_note: 'A-{YYYY}-{0000}' },
})
export const content: DocumentContent = contentOf({
  language: 'fr',
  issueDate: '2026-11-24',
  dueDate: '2026-12-24',
  lines: [lineOf({ description: 'Reliure', quantity: '2', unitPrice: '45.00' })],
})

export const snapshot: Omit<DocumentSnapshot, 'number'> = {
  kind: 'invoice',
  test: false,
  language: 'fr',
  currency: 'EUR',
  issueDate: '2026-11-24',
  dueDate: '2026-12-24',
  seller: company,
  buyer: {
    kind: 'company',
    name: 'Librairie Aubert',
    address: { lines: ['3 place Bellecour'], postcode: '69002', town: 'Lyon', region: '', country: 'FR' },
    vatId: '',
  },
  content,
  totals: computeTotals(content),
}

/** Inserts an account that may send: complete company, confirmed reply address. */
export async function insertAccount(
  id: string,
  change: { company?: Partial<Company>; settings?: Partial<AccountSettings> } = {},
) {
  const whole = { ...company, ...change.company }
  await env.DB.prepare(
    'INSERT INTO accounts (id, company, settings, version, confirmed_reply_email, created_at) VALUES (?, ?, ?, 1, ?, 0)',
  )
    .bind(id, JSON.stringify(whole), JSON.stringify({ ...settings, ...change.settings }), whole.email)
    .run()
}

export interface QueuedSends {
  accountId: string
  /** Ids become `doc_<name>_<n>`, `snd_…`, `dlv_…` with n from 1. */
  name: string
  count: number
  origin?: SendOrigin
  /** `<n>` is replaced by the number. */
  address?: string
  dueAt: number
  attachPdf?: boolean
}

/** Inserts issued documents, each with one queued send to one address. */
export async function insertQueuedSends(sends: QueuedSends): Promise<string[]> {
  const {
    accountId,
    name,
    count,
    origin = 'manual',
    address = 'delivered+<n>@simulator.test',
    dueAt,
    attachPdf = true,
  } = sends
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)'
  const connection = address.endsWith('@simulator.test') ? 'simulator' : 'deployment'
  await env.DB.batch([
    env.DB.prepare(`${numbers} INSERT INTO documents (account_id, id, kind, test, status, version, contact_id, contact_name, contact_key,
        number, issue_date, due_date, currency, total, latest_send_id, mail_state, created_at, created_by, finalised_at, updated_at, content, paper)
      SELECT ?2, 'doc_' || ?3 || '_' || i, 'invoice', 0, 'final', 1, NULL, 'Librairie Aubert', 'librairie aubert',
        ?3 || '-' || i, '2026-11-24', '2026-12-24', 'EUR', 10800, 'snd_' || ?3 || '_' || i, 'on_its_way', 0, '', 0, 0, ?4, ?5 FROM n`).bind(
      count,
      accountId,
      name,
      JSON.stringify(content),
      JSON.stringify(snapshot),
    ),
    env.DB.prepare(`${numbers} INSERT INTO sends (id, account_id, document_id, origin, language, attach_pdf, created_at, created_by)
      SELECT 'snd_' || ?3 || '_' || i, ?2, 'doc_' || ?3 || '_' || i, ?4, 'fr', ?5, 0, '' FROM n`).bind(
      count,
      accountId,
      name,
      origin,
      attachPdf ? 1 : 0,
    ),
    env.DB.prepare(`${numbers} INSERT INTO deliveries (id, account_id, document_id, send_id, address, purpose, connection, status, rank, priority, due_at, created_at)
      SELECT 'dlv_' || ?3 || '_' || i, ?2, 'doc_' || ?3 || '_' || i, 'snd_' || ?3 || '_' || i, replace(?4, '<n>', i), 'customer', ?5, 'queued', 0, ?6, ?7, 0 FROM n`).bind(
      count,
      accountId,
      name,
      address,
      connection,
      ORIGIN_PRIORITY[origin],
      dueAt,
    ),
  ])
  return Array.from({ length: count }, (_, index) => `dlv_${name}_${index + 1}`)
}
