import { env } from 'cloudflare:test'
import { strFromU8, unzipSync } from 'fflate'
import { beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNT_FOLDERS, listExportParts } from '../../../src/commands/accounts/account-folders'
import { cancelClosing, closeAccount } from '../../../src/commands/accounts/close-account'
import type { Deps } from '../../../src/commands/deps'
import { runBackgroundJobs } from '../../../src/commands/maintenance/run-background-jobs'
import { ACCOUNT_TABLES } from '../../../src/db/account-closing'
import { routes } from '../../../src/routes'
import type { Belongings } from '../../support/belongings'
import { confirm, select } from '../../support/bulk'
import { type Merchant, signUp, textOf } from '../../support/client'
import { callNumbers, type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { rowsOf } from '../../support/database-rows'
import { testDeps } from '../../support/deps'
import { invoiceFor, send } from '../../support/sendable'
import { sharedWorld } from '../../support/shared-world'
import { copyStorage } from '../../support/storage-copy'
import { deliverIds } from '../../support/worker'

const DAY_MS = 86_400_000
const sources = import.meta.glob<string>('../../../src/**/*.ts', { query: '?raw', import: 'default', eager: true })

const at = (days: number, deps: Partial<Deps> = {}) =>
  testDeps({ log: () => {}, now: () => Date.now() + days * DAY_MS, ...deps })

/** Runs ticks until all is done: the last step of a deletion waits for an hour. */
async function runAll(days: number): Promise<void> {
  for (let tick = 0; tick < 12; tick++) await runBackgroundJobs(at(days + tick / 12))
}

const objectsOf = async (accountId: string) =>
  (await env.BUCKET.list()).objects.map(({ key }) => key).filter((key) => key.includes(accountId))

const worldFor = sharedWorld()

const close = (deps: Deps, { accountId, userId: actor }: Merchant) => closeAccount(deps, { accountId, actor })

/** Returns all rows of all tables that name the account. */
const traces = async (accountId: string) => Object.values(await rowsOf(accountId)).flat()

/** Returns the rows that a month changes nothing of: events for programs are deleted by then. */
async function lasting(accountId: string): Promise<string[]> {
  const { outgoing_events: _, webhook_calls: __, ...tables } = await rowsOf(accountId)
  return Object.values(tables).flat()
}

describe('closing an account', () => {
  let owner: Merchant
  let its: Belongings
  let other: Merchant

  beforeEach(async () => {
    ;({ owner, its, other } = await worldFor('change'))
  })

  it('exports everything first: data, PDFs and mails', async () => {
    await close(at(0), owner)
    await runAll(0)
    const parts = await listExportParts(testDeps(), owner.accountId)
    expect(parts.map(({ part }) => part)).toEqual([1, 2, 3])
    const files: Record<string, Uint8Array> = {}
    for (const { part } of parts) {
      const answer = await owner.get(routes.closingExport(String(part)))
      Object.assign(files, unzipSync(new Uint8Array(await answer.arrayBuffer())))
    }
    const names = Object.keys(files)
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
    expect(JSON.parse(text('account.json'))).toMatchObject({
      company: { legalName: 'Atelier Dupré SARL' },
      apiKeys: [{ name: 'Shop' }],
    })
    expect(text('contacts-2.json')).toContain(its.secret)
    expect(JSON.parse(text('audit.json')).map(({ action }: { action: string }) => action)).toContain('account_closed')
    expect(names.filter((name) => name.endsWith('.pdf')).length).toBeGreaterThanOrEqual(3)
    expect(names.filter((name) => name.endsWith('.eml'))).toHaveLength(1)
    expect(await textOf(await owner.get(routes.closing))).toMatch(/The export is complete\. .*Part 1 .*Part 2 .*Part 3/)
  })

  it('refuses all changes until then, and every page says so', async () => {
    const member = await signUp({ accountId: owner.accountId, role: 'member' })
    const closed = await owner.follow(await owner.fillIn(routes.closing, {}))
    expect(await textOf(closed)).toContain('will be deleted on')
    const page = await textOf(await member.get(routes.contact(its.contactId)))
    expect(page).toContain('This account is closed and will be deleted on')
    expect(page).not.toContain('Edit contact')
    const refused = await member.post(routes.contactArchive(its.contactId))
    expect(refused.status).toBe(403)
    expect(await textOf(refused)).toContain('Until it is deleted it can be read, but not changed.')
    expect((await member.fillIn(routes.personalSettings, { name: 'Still me' })).status).toBe(303)
    expect((await owner.post(routes.activeAccount, { accountId: owner.accountId })).status).toBe(303)
  })

  it('can be cancelled, and then nothing is deleted and no export is left', async () => {
    await close(at(0), owner)
    await runAll(0)
    const before = await rows('SELECT * FROM documents WHERE account_id = ?', owner.accountId)
    const kept = await owner.follow(await owner.fillIn(routes.closing, {}, routes.closingRevocation))
    expect(await textOf(kept)).toContain('The account is open again, with everything in it.')
    await runAll(40)
    expect(await rows('SELECT * FROM documents WHERE account_id = ?', owner.accountId)).toEqual(before)
    expect(await listExportParts(testDeps(), owner.accountId)).toEqual([])
    expect(await rows('SELECT kind FROM chores WHERE account_id = ?', owner.accountId)).toEqual([])
    expect((await owner.post(routes.contactArchive(its.contactId))).status).toBe(303)
    const actions = await rows<{ action: string }>(
      "SELECT action FROM audit WHERE account_id = ? AND action LIKE 'account_%' ORDER BY id",
      owner.accountId,
    )
    expect(actions.map(({ action }) => action)).toEqual(['account_closed', 'account_kept'])
  })

  it('cancels waiting mails, scheduled and bulk ones too, which can be sent again once the account is kept', async () => {
    const { accountId, userId } = owner
    const [now, later, tried] = [await invoiceFor(owner), await invoiceFor(owner), await invoiceFor(owner)]
    for (const id of [now, later, tried]) await send(owner, id)
    await env.DB.prepare('UPDATE deliveries SET due_at = due_at + 86400000 WHERE document_id = ?').bind(later).run()
    await env.DB.prepare('UPDATE deliveries SET attempt = 1 WHERE document_id = ?').bind(tried).run()
    const bulk = await select(owner, [await invoiceFor(owner), await invoiceFor(owner)])
    await confirm(owner, bulk)
    const used = 'SELECT sum(used) AS n FROM daily_sends WHERE account_id = ?'
    const before = await row<{ n: number }>(used, accountId)
    await close(at(0), owner)
    await runAll(0)
    const waiting = "SELECT 1 FROM deliveries WHERE account_id = ? AND status IN ('queued', 'dispatched')"
    expect(await rows(waiting, accountId)).toEqual([])
    for (const id of [now, later, tried]) {
      expect(await row('SELECT mail_state FROM documents WHERE id = ?', id)).toEqual({ mail_state: 'not_sent' })
      expect(await textOf(await owner.get(routes.document(id)))).toContain(
        'The e-mail was not sent, because the account was closed',
      )
    }
    expect(await row('SELECT waiting, cancelled FROM bulk_sends WHERE id = ?', bulk)).toEqual({
      waiting: 0,
      cancelled: 2,
    })
    expect(await textOf(await owner.get(routes.bulkSend(bulk)))).toContain('Undone: 2 e-mails were cancelled')
    expect((await row<{ n: number }>(used, accountId)).n).toBeLessThanOrEqual(before.n - 5)
    await cancelClosing(at(0), { accountId, actor: userId })
    expect((await send(owner, now)).status).toBe(303)
    expect(await rows(waiting, accountId)).toHaveLength(1)
  })

  it('stops a mail that was sent at the same moment, and no mail of another account', async () => {
    const mails = await Promise.all([owner, other].map(async (one) => ({ one, id: await invoiceFor(one) })))
    for (const { one, id } of mails) await send(one, id)
    await env.DB.prepare('UPDATE accounts SET closing_at = 9e15 WHERE id = ?').bind(owner.accountId).run()
    await env.DB.prepare(
      "UPDATE deliveries SET status = 'dispatched', rank = 1, due_at = due_at + 3600000 WHERE status = 'queued'",
    ).run()
    const ids = await rows<{ id: string }>("SELECT id FROM deliveries WHERE status = 'dispatched'")
    await deliverIds(ids.map(({ id }) => id))
    const states = 'SELECT status FROM deliveries WHERE document_id = ?'
    expect(await rows(states, mails[0]?.id ?? '')).toEqual([{ status: 'cancelled' }])
    expect(await rows(states, mails[1]?.id ?? '')).toEqual([{ status: 'sent' }])
  })

  it('deletes everything after thirty days, R2 included, and touches nothing of another account', async () => {
    await env.DB.prepare(
      "INSERT INTO members (id, organization_id, user_id, role, created_at) VALUES (?, ?, ?, 'viewer', 0)",
    )
      .bind(crypto.randomUUID(), owner.accountId, other.userId)
      .run()
    const documents = await rows('SELECT id FROM documents WHERE account_id = ?', owner.accountId)
    await close(at(0), owner)
    await runAll(0)
    await runAll(29)
    expect(await rows('SELECT id FROM documents WHERE account_id = ?', owner.accountId)).toEqual(documents)
    const others = (await lasting(other.accountId)).filter((text) => !text.includes(owner.accountId))
    const objects = await objectsOf(other.accountId)
    await runAll(31)
    expect(await traces(owner.accountId)).toEqual([])
    expect(await objectsOf(owner.accountId)).toEqual([])
    expect(await rows('SELECT id FROM users WHERE id = ?', owner.userId)).toEqual([])
    expect(await lasting(other.accountId)).toEqual(others)
    expect(await objectsOf(other.accountId)).toEqual(objects)
    expect((await owner.get(routes.documents)).headers.get('location')).toContain(routes.signIn)
    expect((await other.get(routes.contacts)).status).toBe(200)
    expect(await cancelClosing(at(31), { accountId: owner.accountId, actor: owner.userId })).toMatchObject({
      ok: false,
    })
  })
})

describe('a process that dies while it cancels waiting mails', () => {
  it('leaves no mail that would still be sent, and records each once', async () => {
    await freshStorage()
    const owner = await signUp()
    await send(owner, await invoiceFor(owner))
    const putBack = await copyStorage()
    for (const moment of ['before', 'after'] as Moment[]) {
      for (const n of callNumbers(moment)) {
        await putBack()
        const process = new Process(n, moment)
        const deps = at(0)
        const mortal = mortalDeps(deps, env.DB, process, deps.mailer)
        const fate = await process.run(close(mortal, owner).then(() => runBackgroundJobs(mortal, { steps: 3 })))
        await close(deps, owner)
        // A failed background job waits for ten minutes.
        await runBackgroundJobs(at(0.01))
        const when = `${moment} ${n}`
        expect(await rows('SELECT status FROM deliveries'), when).toEqual([{ status: 'cancelled' }])
        expect(await rows("SELECT 1 FROM history WHERE type = 'stopped'"), when).toHaveLength(1)
        expect(await row('SELECT mail_state FROM documents'), when).toEqual({ mail_state: 'not_sent' })
        expect(await row('SELECT sum(used) AS n FROM daily_sends'), when).toEqual({ n: 0 })
        if (fate === 'done') break
      }
    }
  }, 120_000)
})

describe('the deletion', () => {
  it('covers every table and every folder of an account', async () => {
    const tables = await rows<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%`account_id`%'",
    )
    const byOthers = ['chores', 'deliveries', 'documents', 'files', 'logins', 'sends']
    expect(tables.map(({ name }) => name).sort()).toEqual([...Object.keys(ACCOUNT_TABLES), ...byOthers].sort())
    const folders = Object.values(sources).flatMap((text) =>
      [...text.matchAll(/[`'](\w+)\/\$\{accountId\}\//g)].map(([, folder = '']) => folder),
    )
    expect([...new Set(folders)].sort()).toEqual([...ACCOUNT_FOLDERS].sort())
  })

  it('completes wherever its process dies', async () => {
    for (const moment of ['before', 'after'] as Moment[]) {
      for (const n of callNumbers(moment, 8)) {
        const { owner } = await worldFor('change')
        await close(at(0), owner)
        const process = new Process(n, moment)
        const later = at(31)
        const mortal = mortalDeps(later, env.DB, process, later.mailer)
        const fate = await process.run(runBackgroundJobs(mortal, { steps: 20 }))
        await runAll(32)
        expect(await traces(owner.accountId), `${moment} ${n}`).toEqual([])
        expect(await objectsOf(owner.accountId), `${moment} ${n}`).toEqual([])
        if (fate === 'done') break
      }
    }
  }, 240_000)
})
