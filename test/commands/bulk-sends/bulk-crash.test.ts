/** Kills the process of a bulk send at each call, before or after it takes effect, and lets ticks continue. */
import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { confirmBulkSend } from '../../../src/commands/bulk-sends/confirm-bulk-send'
import { continueBulkSends } from '../../../src/commands/bulk-sends/continue-bulk-sends'
import { createBulkSend } from '../../../src/commands/bulk-sends/create-bulk-send'
import { undoBulkSend } from '../../../src/commands/bulk-sends/undo-bulk-send'
import { createContact } from '../../../src/commands/contacts/create-contact'
import type { Deps } from '../../../src/commands/deps'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { runBackgroundJobs } from '../../../src/commands/maintenance/run-background-jobs'
import { contactOf } from '../../support/accounts'
import { callNumbers, dieAtEachCall, type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf } from '../../support/documents'
import { insertAccount } from '../../support/fixtures'

const ALL = { test: false, kind: undefined, state: undefined, mailState: undefined, today: '2026-11-24' }

/** More documents than one step handles. */
const DRAFTS = 3
const FINAL = 260
const TOTAL = DRAFTS + FINAL
const ref = { accountId: 'mine', id: 'blk_1' }

async function before(): Promise<Deps> {
  await freshStorage()
  const deps = testDeps({ log: () => {} })
  await insertAccount('mine', { settings: { batchWindowMs: 600_000 } })
  await env.DB.prepare('UPDATE accounts SET daily_quota = 1000').run()
  const emails = ['delivered@simulator.test']
  await createContact(deps, { accountId: 'mine', id: 'con_1', contact: contactOf({ emails }) })
  for (let n = 1; n <= DRAFTS; n++) {
    const draft = { accountId: 'mine', documentId: `doc_d${n}`, contactId: 'con_1', content: contentOf() }
    await createDraft(deps, { ...draft, kind: 'invoice', actor: 'usr_1' })
  }
  await env.DB.prepare(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
    INSERT INTO documents (account_id, id, kind, test, status, version, contact_id, contact_name, contact_key, number, issue_date,
      due_date, currency, total, created_at, created_by, updated_at, content, paper)
    SELECT account_id, printf('doc_%04d', i), kind, test, 'final', version, contact_id, contact_name, contact_key, 'C-' || i,
      '2026-01-01', '', currency, total, 0, '', 0, content, '{}'
    FROM n, documents WHERE id = 'doc_d1'`)
    .bind(FINAL)
    .run()
  return deps
}

const start = (deps: Deps) =>
  createBulkSend(deps, {
    ...{ accountId: 'mine', userId: 'usr_1', id: 'blk_1' },
    source: { from: 'list', filter: ALL },
    test: false,
  })

async function go(deps: Deps): Promise<void> {
  await start(deps)
  await continueBulkSends(deps)
  await confirmBulkSend(deps, { ...ref, userId: 'usr_1', leftOut: 0 })
  await continueBulkSends(deps)
  await undoBulkSend(deps, { ...ref, userId: 'usr_1' })
  await continueBulkSends(deps)
}

async function dieAndRecover(n: number, moment: Moment): Promise<'done' | 'died'> {
  const deps = await before()
  const process = new Process(n, moment)
  const fate = await process.run(go(mortalDeps(deps, env.DB, process, deps.mailer)))
  // The person saw no response and repeats everything; ticks continue the bulk send.
  await continueBulkSends(deps)
  await go(deps)
  return fate
}

async function expectConsistent(when: string): Promise<void> {
  const bulk = await row<Record<string, number | string | null>>('SELECT * FROM bulk_sends')
  expect(bulk, when).toMatchObject({
    state: 'undone',
    working: null,
    withheld: 0,
    waiting: 0,
    queued: TOTAL,
    cancelled: TOTAL,
  })
  const perDocument = 'SELECT count(*) AS n, count(DISTINCT document_id) AS documents FROM'
  const each = { n: TOTAL, documents: TOTAL }
  expect(await row(`${perDocument} sends`), when).toEqual(each)
  expect(await row(`${perDocument} deliveries`), when).toEqual(each)
  expect(await row(`${perDocument} history WHERE type = 'cancelled'`), when).toEqual(each)
  expect(await row(`${perDocument} bulk_documents`), when).toEqual({ n: TOTAL, documents: TOTAL })
  expect(await row("SELECT count(*) AS n FROM documents WHERE mail_state = 'not_sent'"), when).toEqual({ n: TOTAL })
  expect((await row<{ next: number }>('SELECT next FROM series')).next, when).toBe(DRAFTS + 1)
  expect(await row('SELECT used FROM daily_sends'), when).toEqual({ used: 0 })
}

describe('a process that dies in a bulk send', () => {
  beforeAll(freshStorage)

  it.each(['before', 'after'] as const)(
    'at any call, %s it takes effect, makes every send once, takes every one back, and counts it right',
    async (moment) => {
      const calls = await dieAtEachCall(moment, dieAndRecover, expectConsistent)
      // Enough calls were interrupted for the test to be meaningful.
      expect(calls).toBeGreaterThan(25)
    },
    300_000,
  )

  it('deletes an unconfirmed list, wherever it dies, and never a confirmed one', async () => {
    const later = (deps: Deps): Deps => ({ ...deps, now: () => Date.now() + 8 * 86_400_000 })
    for (const moment of ['before', 'after'] as Moment[])
      for (const n of callNumbers(moment)) {
        const deps = await before()
        await start(deps)
        await confirmBulkSend(deps, { ...ref, userId: 'usr_1', leftOut: 0 })
        await createBulkSend(deps, {
          ...{ accountId: 'mine', userId: 'usr_1', id: 'blk_2', test: false },
          source: { from: 'list', filter: ALL },
        })
        const process = new Process(n, moment)
        const fate = await process.run(runBackgroundJobs(mortalDeps(later(deps), env.DB, process, deps.mailer)))
        await runBackgroundJobs(later(deps))
        await runBackgroundJobs(testDeps({ log: () => {}, now: () => Date.now() + 9 * 86_400_000 }))
        const bulks = 'SELECT count(*) AS n, group_concat(DISTINCT bulk_id) AS ids FROM bulk_documents'
        expect(await row(bulks), `${moment} ${n}`).toEqual({ n: TOTAL, ids: 'blk_1' })
        expect(await row('SELECT group_concat(id) AS ids FROM bulk_sends'), `${moment} ${n}`).toEqual({ ids: 'blk_1' })
        expect(await row('SELECT count(*) AS n FROM chores'), `${moment} ${n}`).toEqual({ n: 0 })
        if (fate === 'done') break
      }
  }, 300_000)
})
