/**
 * Makes accounts and thousands of documents. One document is made by the commands; SQL copies it with other names and
 * numbers.
 */
import { createApiKey } from '../../../src/commands/accounts/create-api-key'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { sendDocument } from '../../../src/commands/sends/send-document'
import { insertAccount, insertOwner } from '../../../src/dev/demo/account'
import { DEMO_COMPANY, DEMO_SETTINGS } from '../../../src/dev/demo/company'
import { API_SCOPES } from '../../../src/domain/api-key'
import type { Env } from '../../../src/env'
import { wire } from '../../../src/wire'
import { contentOf, snapshotOf } from './document-snapshots'

const ROWS_PER_STATEMENT = 20_000

/**
 * Makes an account with a batch window of 0, its owner, and one final document.
 * @param customerAddress of its only customer
 */
export async function makeAccount(
  env: Env,
  email: string,
  customerAddress: string,
): Promise<{ accountId: string; documentId: string }> {
  const deps = depsOf(env)
  const accountId = crypto.randomUUID()
  const actor = crypto.randomUUID()
  const settings = { ...DEMO_SETTINGS, batchWindowMs: 0 }
  const account = { id: accountId, company: DEMO_COMPANY, settings, createdAt: deps.now() }
  await insertAccount(deps.db, account)
  await insertOwner(deps.db, account, { id: actor, name: 'Bench', email })
  const { name, address } = snapshotOf(0, 5).buyer
  const contactId = await createContact(deps, {
    accountId,
    id: deps.newId('con'),
    contact: {
      ...{ kind: 'company', name, address, vatId: '', language: 'fr', currency: 'EUR', notes: '' },
      ...{ emails: [customerAddress], externalId: '', source: '' },
    },
  })
  const documentId = deps.newId('doc')
  const content = contentOf(0, 5, 'EUR')
  must(await createDraft(deps, { accountId, documentId, kind: 'invoice', actor, contactId, content }))
  must(await finaliseDocument(deps, { accountId, documentId, version: 1, actor }))
  return { accountId, documentId }
}

/** Makes an API key with every scope, and returns its text. */
export async function makeApiKey(env: Env, accountId: string): Promise<string> {
  const deps = depsOf(env)
  const key = { id: deps.newId('key'), name: 'Bench', scopes: [...API_SCOPES], test: false }
  const made = await createApiKey(deps, { accountId, actor: '', ...key })
  if (!made.ok) throw new Error(made.reason)
  return made.value
}

/** Makes `count` final documents with everything that a send needs, drawn separately, and returns their ids. */
export async function cloneDocuments(env: Env, accountId: string, count: number): Promise<{ ids: string[] }> {
  await clone(env, accountId, 1, count, 'paper')
  return { ids: Array.from({ length: count }, (_, i) => cloneId(i + 1)) }
}

/** Queues a send of each of `count` cloned documents, to an address of its own. */
export async function queueSends(env: Env, accountId: string, count: number): Promise<{ queued: number }> {
  const deps = depsOf(env)
  await env.DB.prepare('UPDATE accounts SET daily_quota = 1000000 WHERE id = ?').bind(accountId).run()
  for (let i = 1; i <= count; i++) {
    const send = { language: 'fr', subject: null, body: null, attachPdf: true, attachments: [], scheduledFor: null }
    const recipients = [`${accountId}-${i}@customers.example`]
    const ids = { accountId, userId: 'bench', documentId: cloneId(i), sendId: deps.newId('snd'), version: 2 }
    must(await sendDocument(deps, { ...send, ...ids, recipients, origin: 'manual' }))
  }
  return { queued: count }
}

/**
 * Makes documents number `from` to `to` for a list: every third is paid, one in fifteen has a problem (so that the
 * smallest list fills a page of them), one in a thousand is unknown.
 */
export async function cloneList(env: Env, accountId: string, from: number, to: number): Promise<{ ids: string[] }> {
  await clone(env, accountId, from, to, "json_object('bench', 1)")
  return { ids: [cloneId(from), cloneId(to)] }
}

async function clone(env: Env, accountId: string, from: number, to: number, snapshot: string): Promise<void> {
  for (let start = from; start <= to; start += ROWS_PER_STATEMENT) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT ?2 UNION ALL SELECT i + 1 FROM n WHERE i < ?3)
       INSERT INTO documents (account_id, id, kind, test, status, version, contact_id, contact_name, contact_key, number,
         issue_date, due_date, currency, total, paid_at, mail_state, created_at, created_by, finalised_at, finalised_by,
         updated_at, content, paper)
       SELECT account_id, printf('doc_%026d', i), kind, test, status, version, contact_id,
         printf('%s %d', contact_name, i % 5000), printf('%s %d', contact_key, i % 5000), printf('INV-%07d', i),
         issue_date, due_date, currency, total + i, CASE i % 3 WHEN 0 THEN created_at END,
         CASE WHEN i % 1000 = 7 THEN 'unknown' WHEN i % 15 = 3 THEN 'problem' WHEN i % 4 > 0 THEN 'delivered' END,
         created_at, created_by, finalised_at, finalised_by, updated_at, content, ${snapshot}
       FROM (SELECT * FROM documents WHERE account_id = ?1 AND number NOT LIKE 'INV-%' LIMIT 1), n`,
    )
      .bind(accountId, start, Math.min(to, start + ROWS_PER_STATEMENT - 1))
      .run()
  }
}

const cloneId = (i: number): string => `doc_${String(i).padStart(26, '0')}`

function depsOf(env: Env) {
  const wired = wire(env)
  if ('wrong' in wired) throw new Error(`not configured: ${wired.wrong}`)
  return wired.deps
}

function must(result: { ok: boolean }): void {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`)
}
