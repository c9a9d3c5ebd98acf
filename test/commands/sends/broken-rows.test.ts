/** Checks that a delivery that can't be read or made fails alone, with a reason, and that the others of its batch leave. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { freshStorage, row, rows } from '../../support/database'
import { accepted, Engine, refusingDb } from '../../support/engine'
import { insertAccount, insertQueuedSends } from '../../support/fixtures'
import { deliverIds } from '../../support/worker'

const ids = ['dlv_bad_1', 'dlv_good_1', 'dlv_good_2', 'dlv_good_3', 'dlv_good_4']

/** Mails of two accounts, in one message of the queue. */
beforeEach(async () => {
  await freshStorage()
  for (const [accountId, name, count] of [
    ['theirs', 'bad', 1],
    ['mine', 'good', 4],
  ] as const) {
    await insertAccount(accountId)
    await insertQueuedSends({ accountId, name, count, dueAt: Date.now() + 300_000 })
  }
  await env.DB.exec("UPDATE deliveries SET status = 'dispatched', rank = 1")
})

/** Counts the others that have left; the simulator may already have reported one of them. */
const good = () =>
  row<{ n: number }>(
    "SELECT count(*) AS n FROM deliveries WHERE id LIKE 'dlv_good%' AND status IN ('sent', 'delivered')",
  ).then(({ n }) => n)
const bad = () => row("SELECT status, reason, due_at FROM deliveries WHERE id = 'dlv_bad_1'")
const problems = () => rows('SELECT account_id, status FROM problems')

describe.each([
  ['a document whose snapshot is null', "UPDATE documents SET paper = 'null'", 'document_unreadable'],
  ['one whose snapshot is no JSON', 'UPDATE documents SET paper = \'{"kind":\'', 'document_unreadable'],
  ['one whose snapshot is missing', 'UPDATE documents SET paper = NULL', 'document_unreadable'],
  ['one whose snapshot is something else', "UPDATE documents SET paper = '[1,2]'", 'document_unreadable'],
  ['one whose content is gone', "UPDATE documents SET paper = json_remove(paper, '$.content')", 'document_unreadable'],
  [
    'one whose seller is a text',
    "UPDATE documents SET paper = json_set(paper, '$.seller', 'x')",
    'document_unreadable',
  ],
  [
    'one with parts of another shape',
    "UPDATE documents SET paper = json_set(paper, '$.totals', json('{}'))",
    'document_unreadable',
  ],
  ['settings that are no JSON', "UPDATE accounts SET settings = '{'", 'settings_unreadable'],
  ['settings that are null', "UPDATE accounts SET settings = 'null'", 'settings_unreadable'],
  ['settings without a language', "UPDATE accounts SET settings = '{}'", 'settings_unreadable'],
  [
    'languages that are no list',
    "UPDATE accounts SET settings = json_set(settings, '$.languages', 'en')",
    'settings_unreadable',
  ],
  ['a day of payment that no calendar has', 'UPDATE documents SET paid_at = 1e18', 'render_failed'],
  ['a company that is no JSON', "UPDATE accounts SET company = 'x'", 'settings_unreadable'],
  ['a company that is a number', "UPDATE accounts SET company = '7'", 'settings_unreadable'],
  ['a logo that is no JSON', "UPDATE accounts SET logo = 'x'", 'settings_unreadable'],
])('%s', (_, change, reason) => {
  it('fails alone, with a reason and a problem', async () => {
    const owner = change.startsWith('UPDATE accounts') ? 'id' : 'account_id'
    await env.DB.exec(`${change} WHERE ${owner} = 'theirs'`)
    await deliverIds(ids)
    expect(await good()).toBe(4)
    expect(await bad()).toEqual({ status: 'failed', reason, due_at: null })
    expect(await problems()).toEqual([{ account_id: 'theirs', status: 'failed' }])
    expect(await rows('SELECT type FROM history')).toEqual([{ type: 'failed' }])
  })
})

it('a stored mail that can no longer be unpacked fails alone', async () => {
  await env.BUCKET.put('mail/theirs/dlv_bad_1.eml.gz', 'no gzip')
  await env.DB.exec("UPDATE deliveries SET link_hash = 'x' WHERE id = 'dlv_bad_1'")
  await deliverIds(ids)
  expect(await good()).toBe(4)
  expect(await bad()).toEqual({ status: 'failed', reason: 'render_failed', due_at: null })
})

it('labels that are no JSON fail the mails of their account alone', async () => {
  await env.DB.exec(
    "INSERT INTO labels (account_id, language, texts, version, updated_at) VALUES ('theirs', 'fr', '{', 1, 0)",
  )
  await deliverIds(ids)
  expect(await good()).toBe(4)
  expect(await bad()).toMatchObject({ status: 'failed', reason: 'settings_unreadable' })
})

it('files that are no list fail their mail alone', async () => {
  await env.DB.exec("UPDATE documents SET attachments = '{}' WHERE account_id = 'theirs'")
  await env.DB.exec("UPDATE sends SET attachments = '[]' WHERE account_id = 'theirs'")
  await deliverIds(ids)
  expect(await good()).toBe(4)
  expect(await bad()).toMatchObject({ status: 'failed', reason: 'document_unreadable' })
})

it('a delivery whose send is missing ends with that reason', async () => {
  await env.DB.exec("DELETE FROM sends WHERE account_id = 'theirs'")
  await deliverIds(ids)
  expect(await good()).toBe(4)
  expect(await bad()).toEqual({ status: 'failed', reason: 'send_missing', due_at: null })
  expect(await problems()).toEqual([{ account_id: 'theirs', status: 'failed' }])
})

it('a delivery whose document is missing ends too, without a problem that no page could show', async () => {
  await env.DB.exec("DELETE FROM documents WHERE account_id = 'theirs'")
  await deliverIds(ids)
  expect(await good()).toBe(4)
  expect(await bad()).toEqual({ status: 'failed', reason: 'document_missing', due_at: null })
  expect(await problems()).toEqual([])
})

describe('a batch that fails as a whole', () => {
  it('is tried again in parts: the delivery that makes it fail ends, the others leave', async () => {
    const db = refusingDb((sql, values) =>
      sql.includes('alsoSentTo') && String(values).includes('dlv_bad_1')
        ? 'D1_ERROR: malformed JSON: SQLITE_ERROR'
        : undefined,
    )
    const engine = new Engine(() => accepted, { db })
    await engine.deps.deliverQueue.send({ ids })
    await engine.consume()
    expect(await good()).toBe(4)
    expect(await bad()).toEqual({ status: 'failed', reason: 'document_unreadable', due_at: null })
    expect(await problems()).toEqual([{ account_id: 'theirs', status: 'failed' }])
  })

  it('for a temporary reason ends nothing: the deliveries wait for their leases', async () => {
    const db = refusingDb((sql, values) =>
      sql.includes('alsoSentTo') && String(values).includes('dlv_bad_1') ? 'D1_ERROR: overloaded' : undefined,
    )
    const engine = new Engine(() => accepted, { db })
    await engine.deps.deliverQueue.send({ ids })
    await engine.consume()
    expect(await good()).toBe(4)
    expect(await bad()).toMatchObject({ status: 'dispatched', reason: null })
  })
})
