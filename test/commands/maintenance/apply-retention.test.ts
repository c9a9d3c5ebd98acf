import { env } from 'cloudflare:test'
import { ulid } from 'ulid'
import { beforeEach, describe, expect, it } from 'vitest'
import { pdfKey } from '../../../src/commands/documents/document-pdf'
import { applyRetention } from '../../../src/commands/maintenance/apply-retention'
import { mailKey } from '../../../src/commands/stored-mail'
import { openDb } from '../../../src/db/client'
import type { Retention } from '../../../src/domain/retention'
import { runSteps } from '../../../src/jobs/schedule'
import { routes } from '../../../src/routes'
import { signUp, textOf } from '../../support/client'
import { countingD1 } from '../../support/counting-d1'
import { callNumbers, type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { content, insertAccount, snapshot } from '../../support/fixtures'

const DAY_MS = 86_400_000
const MONTH_MS = 31 * DAY_MS
const NOW = Date.UTC(2040, 5, 15)
const deps = testDeps({ now: () => NOW, log: () => {} })

beforeEach(freshStorage)

const retention = (over: Partial<Retention> = {}): Retention => ({
  mailMonths: 24,
  eventDays: 30,
  documentYears: 10,
  ...over,
})

const at = (prefix: string, ms: number) => `${prefix}_${ulid(ms).toLowerCase()}`

/** Makes an issued and mailed document of a past date, with all its rows and objects. */
async function insertMailed(accountId: string, ms: number, over: { country?: string; contactId?: string } = {}) {
  const ids = { document: at('doc', ms), delivery: at('dlv', ms), send: at('snd', ms), pdf: `hash-${ulid()}` }
  const date = new Date(ms).toISOString().slice(0, 10)
  await env.BUCKET.put(mailKey(accountId, ids.delivery), 'mail')
  await env.BUCKET.put(pdfKey(accountId, ids.pdf), 'pdf')
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO documents (account_id, id, kind, status, version, contact_id, contact_name, contact_key, number, issue_date, due_date, currency,
         total, latest_send_id, mail_state, pdf_sha256, created_at, created_by, updated_at, content, paper)
       VALUES (?1, ?2, 'invoice', 'final', 2, ?8, 'A', 'a', ?2, ?3, '', 'EUR', 1, ?4, 'delivered', ?5, 0, '', 0, ?6, ?7)`,
    ).bind(
      accountId,
      ids.document,
      date,
      ids.send,
      ids.pdf,
      JSON.stringify(content),
      JSON.stringify(snapshot),
      over.contactId ?? null,
    ),
    env.DB.prepare(
      "INSERT INTO sends (id, account_id, document_id, origin, language, attach_pdf, created_at, created_by) VALUES (?, ?, ?, 'manual', 'fr', 0, 0, '')",
    ).bind(ids.send, accountId, ids.document),
    env.DB.prepare(
      "INSERT INTO deliveries (id, account_id, document_id, send_id, address, purpose, connection, status, rank, priority, link_hash, created_at) VALUES (?1, ?2, ?3, ?4, 'a@b.example', 'customer', 'c', 'delivered', 6, 0, ?1, 0)",
    ).bind(ids.delivery, accountId, ids.document, ids.send),
    env.DB.prepare(
      "INSERT INTO history (account_id, document_id, id, at, type, actor, delivery_id, data) VALUES (?1, ?2, 'h1', 0, 'viewed', '', ?3, '{}'), (?1, ?2, 'h2', 0, 'paid', '', NULL, '{}')",
    ).bind(accountId, ids.document, ids.delivery),
    env.DB.prepare('INSERT INTO fresh_links (account_id, delivery_id, created_at, hash) VALUES (?1, ?2, 0, ?2)').bind(
      accountId,
      ids.delivery,
    ),
  ])
  return ids
}

const inCountry = (country: string) => ({ address: { lines: [], postcode: '', town: '', region: '', country } })

/** Runs ticks until every search has had two turns. */
async function manyTicks(): Promise<void> {
  for (let minute = 0; minute < 60; minute++) await applyRetention(deps, minute)
}

const left = async (table: string) => (await row<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).n
const objects = async () => (await env.BUCKET.list()).objects.map(({ key }) => key).sort()

describe('mails and the history of deliveries', () => {
  it('are deleted after their account’s period, and the document stays', async () => {
    await insertAccount('mine')
    await insertAccount('longer', { settings: { retention: retention({ mailMonths: 60 }) } })
    const old = await insertMailed('mine', NOW - 25 * MONTH_MS)
    const fresh = await insertMailed('mine', NOW - 22 * MONTH_MS)
    const longer = await insertMailed('longer', NOW - 40 * MONTH_MS)
    await manyTicks()
    expect((await rows<{ id: string }>('SELECT id FROM deliveries')).map(({ id }) => id).sort()).toEqual(
      [fresh.delivery, longer.delivery].sort(),
    )
    expect(await left('sends')).toBe(2)
    expect(await left('fresh_links')).toBe(2)
    expect(await rows('SELECT id FROM history WHERE document_id = ?', old.document)).toEqual([{ id: 'h2' }])
    expect(await left('documents')).toBe(3)
    const kept = await objects()
    expect(kept).not.toContain(mailKey('mine', old.delivery))
    expect(kept).toContain(pdfKey('mine', old.pdf))
    expect(kept).toContain(mailKey('longer', longer.delivery))
  })

  it('are deleted by a period that was shortened later in the settings', async () => {
    const owner = await signUp({ settings: { retention: retention({ mailMonths: 60 }) } })
    await insertMailed(owner.accountId, NOW - 40 * MONTH_MS)
    await manyTicks()
    expect(await left('deliveries')).toBe(1)
    const saved = await owner.fillIn(routes.retentionSettings, { mailMonths: '24' })
    expect(saved.status).toBe(303)
    await manyTicks()
    expect(await left('deliveries')).toBe(0)
  })

  it('are deleted wherever the process dies, with nothing left in R2', async () => {
    for (const moment of ['before', 'after'] as Moment[]) {
      for (const n of callNumbers(moment)) {
        await freshStorage()
        await insertAccount('mine')
        const old = await insertMailed('mine', NOW - 25 * MONTH_MS)
        const process = new Process(n, moment)
        const mortal = mortalDeps(deps, env.DB, process, deps.mailer)
        const fate = await process.run(applyRetention(mortal, 4))
        await applyRetention(deps, 4)
        expect(await left('deliveries'), `${moment} ${n}`).toBe(0)
        expect(await objects(), `${moment} ${n}`).toEqual([pdfKey('mine', old.pdf)])
        if (fate === 'done') break
      }
    }
  })
})

describe('raw events', () => {
  it('are deleted after the days that their account sets, or after 30 if their account is unknown', async () => {
    await insertAccount('mine', { settings: { retention: retention({ eventDays: 7 }) } })
    await insertAccount('longer', { settings: { retention: retention({ eventDays: 90 }) } })
    const mine = await insertMailed('mine', NOW - 10 * DAY_MS)
    const longer = await insertMailed('longer', NOW - 10 * DAY_MS)
    const add = (key: string, deliveryId: string, days: number) =>
      env.DB.prepare(
        "INSERT INTO provider_events (connection, key, delivery_id, received_at, event) VALUES ('c', ?, ?, ?, '{}')",
      )
        .bind(key, deliveryId, NOW - days * DAY_MS)
        .run()
    await add('mine-8', mine.delivery, 8)
    await add('mine-6', mine.delivery, 6)
    await add('longer-40', longer.delivery, 40)
    await add('unknown-29', 'dlv_x', 29)
    await add('unknown-31', 'dlv_x', 31)
    await manyTicks()
    const keys = await rows<{ key: string }>('SELECT key FROM provider_events ORDER BY key')
    expect(keys.map(({ key }) => key)).toEqual(['longer-40', 'mine-6', 'unknown-29'])
  })
})

describe('Stripe’s events', () => {
  it('are deleted after thirty days, and the documents made from them stay', async () => {
    const insert = (id: string, ms: number) =>
      env.DB.prepare(
        "INSERT INTO stripe_events (account_id, id, type, subject, test, told_at, received_at, state, body) VALUES ('a', ?, 'charge.succeeded', 'ch_1', 0, 0, ?, 'unmapped', '{}')",
      ).bind(id, ms)
    await env.DB.batch([
      ...Array.from({ length: 120 }, (_, n) => insert(`old-${n}`, NOW - 31 * DAY_MS)),
      insert('new', NOW - 29 * DAY_MS),
      env.DB.prepare("INSERT INTO stripe_objects (account_id, id, target_id, at) VALUES ('a', 'ch_1', 'doc_1', 0)"),
    ])
    await manyTicks()
    expect(await rows('SELECT id FROM stripe_events')).toEqual([{ id: 'new' }])
    expect(await left('stripe_objects')).toBe(1)
  })
})

describe('issued documents', () => {
  it('are deleted with everything about them after their years, and never before the country’s law allows', async () => {
    const december = { financialYearEnd: 12 }
    await insertAccount('mine', { settings: { retention: retention(december) } })
    const six = { retention: retention({ documentYears: 6, ...december }) }
    await insertAccount('spain', { company: inCountry('ES'), settings: six })
    await insertAccount('short', { settings: six })
    const over = await insertMailed('mine', Date.UTC(2029, 11, 31))
    const notYet = await insertMailed('mine', Date.UTC(2030, 0, 2))
    const spain = await insertMailed('spain', Date.UTC(2033, 5, 1))
    const short = await insertMailed('short', Date.UTC(2031, 5, 1))
    await manyTicks()
    const documents = (await rows<{ id: string }>('SELECT id FROM documents')).map(({ id }) => id)
    expect(documents.sort()).toEqual([notYet.document, short.document].sort())
    expect(await rows('SELECT id FROM history WHERE document_id IN (?, ?)', over.document, spain.document)).toEqual([])
    expect(await objects()).not.toContain(pdfKey('mine', over.pdf))
    expect(await objects()).toContain(pdfKey('short', short.pdf))
  })

  it('are kept from the end of any financial year, if the country counts so', async () => {
    const seven = (financialYearEnd?: number) => ({
      retention: retention({ documentYears: 7, ...(financialYearEnd && { financialYearEnd }) }),
    })
    await insertAccount('june', { company: inCountry('SE'), settings: seven(6) })
    await insertAccount('unknown', { company: inCountry('SE'), settings: seven() })
    await insertAccount('belgium', { company: inCountry('BE'), settings: seven(6) })
    // Swedish law keeps an invoice of September 2032, in a year that ends in June 2033, until the end of 2040.
    const september = Date.UTC(2032, 8, 10)
    const kept = [await insertMailed('june', september), await insertMailed('unknown', september)]
    await insertMailed('june', Date.UTC(2032, 5, 30))
    await insertMailed('unknown', Date.UTC(2031, 11, 31))
    await insertMailed('belgium', september)
    await manyTicks()
    const documents = (await rows<{ id: string }>('SELECT id FROM documents')).map(({ id }) => id)
    expect(documents.sort()).toEqual(kept.map(({ document }) => document).sort())
  })

  it('are deleted by the thousand, account after account', async () => {
    for (const account of ['a', 'b', 'c', 'd', 'e']) await insertAccount(account)
    for (let n = 0; n < 45; n++) await insertMailed('b', Date.UTC(2020, 0, 1) + n)
    await insertMailed('e', Date.UTC(2020, 0, 1))
    await manyTicks()
    expect(await left('documents')).toBe(0)
    expect(await objects()).toEqual([])
  })
})

describe('the settings', () => {
  it('offer and accept no period below the country’s minimum', async () => {
    const owner = await signUp()
    const shown = await owner.get(routes.retentionSettings)
    expect(await textOf(shown)).toContain('France requires at least 10 years.')
    const refused = await owner.fillIn(routes.retentionSettings, { documentYears: '6' })
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('Your country requires at least 10 years.')
    await owner.fillIn(routes.retentionSettings, { documentYears: '15', eventDays: '7' })
    expect(await row('SELECT settings FROM accounts WHERE id = ?', owner.accountId)).toMatchObject({
      settings: expect.stringContaining('"retention":{"mailMonths":24,"eventDays":7,"documentYears":15}'),
    })
    expect(await textOf(await owner.get(routes.auditList))).toContain('15 years')
    await owner.fillIn(routes.retentionSettings, { financialYearEnd: '6' })
    expect(await row('SELECT settings FROM accounts WHERE id = ?', owner.accountId)).toMatchObject({
      settings: expect.stringContaining('"documentYears":15,"financialYearEnd":6}'),
    })
    expect(await textOf(await owner.get(routes.auditList))).toContain('June')
  })

  it('offer seven years in Belgium, eleven in Croatia, and cite no unknown law', async () => {
    const years = async (country: string) => {
      const merchant = await signUp({ company: inCountry(country) })
      const page = await merchant.get(routes.retentionSettings)
      const html = await page.clone().text()
      return { text: await textOf(page), html }
    }
    const belgium = await years('BE')
    expect(belgium.text).toContain('Belgium requires at least 7 years.')
    expect(belgium.html).toMatch(/<option value="7"/)
    expect(belgium.html).not.toContain('financialYearEnd')
    const croatia = await years('HR')
    expect(croatia.text).toContain('Croatia requires at least 11 years.')
    expect(croatia.html).not.toMatch(/<option value="10">10 years/)
    const overseas = await years('US')
    expect(overseas.text).not.toContain('requires at least')
    expect(overseas.text).toContain('we don’t know the legal period there')
  })
})

it('a tick with nothing to do reads at most ten rows, whichever search has its turn', async () => {
  for (let n = 0; n < 5; n++) await insertAccount(`account-${n}`)
  await env.DB.prepare('UPDATE accounts SET created_at = ?')
    .bind(NOW - 36 * MONTH_MS)
    .run()
  for (let n = 0; n < 30; n++) await insertMailed('account-1', NOW - n * DAY_MS)
  await insertMailed('account-1', NOW - 30 * MONTH_MS)
  await manyTicks()
  const counted = countingD1(env.DB)
  const idle = { ...deps, db: openDb(counted.d1) }
  for (let minute = 1; minute < 25; minute++) {
    counted.reset()
    expect(await runSteps(idle, minute)).toEqual([])
    expect(counted.rowsRead(), `minute ${minute}`).toBeLessThanOrEqual(10)
  }
})
