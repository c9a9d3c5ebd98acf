import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkImport } from '../../../src/commands/contacts/check-import'
import { continueImport } from '../../../src/commands/contacts/continue-import'
import { continueImports } from '../../../src/commands/contacts/continue-imports'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { deleteOldImports } from '../../../src/commands/contacts/delete-old-imports'
import { startImport } from '../../../src/commands/contacts/start-import'
import { uploadContacts } from '../../../src/commands/contacts/upload-contacts'
import type { Deps } from '../../../src/commands/deps'
import { openDb } from '../../../src/db/client'
import { findImport, type ImportKey } from '../../../src/db/contact-imports'
import type { ImportMatch } from '../../../src/domain/contact-import'
import { contactOf } from '../../support/accounts'
import { countingD1 } from '../../support/counting-d1'
import { callNumbers, type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { tick } from '../../support/worker'

const accountId = 'mine'
const DAY_MS = 86_400_000

beforeEach(freshStorage)

async function checked(
  deps: Deps,
  text: string,
  matchBy: ImportMatch = 'externalId',
): Promise<ImportKey & { plan: string }> {
  const bytes = new TextEncoder().encode(text)
  const uploaded = await uploadContacts(deps, {
    accountId,
    actor: 'usr_1',
    id: deps.newId('imp'),
    fileName: 'a.csv',
    bytes,
  })
  if (!uploaded.ok) throw new Error(uploaded.reason)
  const key = { accountId, id: uploaded.value.id }
  await checkImport(deps, key, { columns: ['externalId', 'name', 'emails'], matchBy })
  const stored = await findImport(deps.db, key)
  return { ...key, plan: stored?.plan?.id ?? '' }
}

const fileOf = (count: number, name = 'Client') =>
  `Id,Name,Email\n${Array.from({ length: count }, (_, n) => `c-${n},${name} ${n},client${n}@example.org\n`).join('')}`

const objects = async () => (await env.BUCKET.list({ prefix: 'import/' })).objects.map(({ key }) => key)

describe('an import', () => {
  it('of 10,000 lines is applied in pieces, within the limits of a Worker, and continues after a stop', async () => {
    const deps = testDeps()
    const { plan, ...key } = await checked(deps, fileOf(10_000))
    await startImport(deps, key, plan)
    await continueImport(deps, key, 5)
    expect(await row('SELECT count(*) AS n FROM contacts')).toEqual({ n: 500 })
    const later = testDeps({ now: () => Date.now() + 60_000 })
    for (let ticks = 0; ticks < 3; ticks++)
      await continueImports({ ...later, now: () => Date.now() + (ticks + 1) * 60_000 })
    expect(await findImport(deps.db, key)).toMatchObject({ status: 'done', created: 10_000, updated: 0, failed: 0 })
    expect(await row('SELECT count(*) AS n, count(DISTINCT external_id) AS ids FROM contacts')).toEqual({
      n: 10_000,
      ids: 10_000,
    })
    expect(await row('SELECT count(*) AS n FROM contact_emails')).toEqual({ n: 10_000 })
  })

  it('that fails doesn’t stop the others', async () => {
    const deps = testDeps({ log: () => {} })
    const keys: ImportKey[] = []
    for (const name of ['A', 'B', 'C', 'D']) {
      const { plan, ...key } = await checked(deps, fileOf(2, name), 'none')
      await startImport(deps, key, plan)
      keys.push(key)
    }
    const last = keys.pop() as ImportKey
    await env.DB.prepare('UPDATE contact_imports SET updated_at = updated_at + 1 WHERE id = ?').bind(last.id).run()
    await env.BUCKET.delete((await objects()).filter((name) => !name.includes(last.id)))
    for (const minutes of [1, 2]) await continueImports({ ...deps, now: () => Date.now() + minutes * 60_000 })
    expect(await findImport(deps.db, last)).toMatchObject({ status: 'done', created: 2 })
  })

  it('creates nothing twice, wherever its process dies', async () => {
    for (const moment of ['before', 'after'] as Moment[]) {
      for (const n of callNumbers(moment)) {
        await freshStorage()
        const outside = testDeps()
        await createContact(outside, { accountId, id: 'con_0', contact: contactOf({ name: 'Old', externalId: 'c-0' }) })
        const { plan, ...key } = await checked(outside, fileOf(120))
        const process = new Process(n, moment)
        const mortal = mortalDeps(outside, env.DB, process, outside.mailer)
        const fate = await process.run(startImport(mortal, key, plan).then(() => continueImport(mortal, key)))
        await startImport(outside, key, plan)
        await continueImports({ ...outside, now: () => Date.now() + 60_000 })
        const when = `${moment} ${n}`
        expect(await findImport(outside.db, key), when).toMatchObject({
          status: 'done',
          created: 119,
          updated: 1,
          failed: 0,
        })
        expect(await row('SELECT count(*) AS n, count(DISTINCT external_id) AS ids FROM contacts'), when).toEqual({
          n: 120,
          ids: 120,
        })
        expect(await row("SELECT name, version FROM contacts WHERE id = 'con_0'"), when).toEqual({
          name: 'Client 0',
          version: 2,
        })
        if (fate === 'done') break
      }
    }
  })

  it('creates nothing twice when two processes run it at once', async () => {
    const deps = testDeps()
    const { plan, ...key } = await checked(deps, fileOf(450), 'none')
    await startImport(deps, key, plan)
    await Promise.all([continueImport(deps, key), continueImport(deps, key), continueImport(deps, key)])
    expect(await findImport(deps.db, key)).toMatchObject({ status: 'done', created: 450 })
    expect(await row('SELECT count(*) AS n FROM contacts')).toEqual({ n: 450 })
  })

  it('uses the contacts as they are when a piece is applied', async () => {
    const deps = testDeps()
    for (const n of [0, 1])
      await createContact(deps, {
        accountId,
        id: `con_${n}`,
        contact: contactOf({ name: `Old ${n}`, externalId: `c-${n}` }),
      })
    const { plan, ...key } = await checked(deps, fileOf(4))
    await env.DB.prepare("DELETE FROM contacts WHERE id = 'con_1'").run()
    await createContact(deps, {
      accountId,
      id: 'con_3',
      contact: contactOf({ name: 'Came first', externalId: 'c-3', notes: 'Mine' }),
    })
    await startImport(deps, key, plan)
    await continueImport(deps, key)
    expect(await findImport(deps.db, key)).toMatchObject({ created: 2, updated: 2, failed: 0 })
    expect(await rows('SELECT name, notes FROM contacts ORDER BY external_id')).toEqual([
      { name: 'Client 0', notes: '' },
      { name: 'Client 1', notes: '' },
      { name: 'Client 2', notes: '' },
      { name: 'Client 3', notes: 'Mine' },
    ])
  })

  it('is continued by the tick, renames drafts, and touches no other account', async () => {
    const deps = testDeps()
    const contact = contactOf({ name: 'Old', externalId: 'c-0' })
    await createContact(deps, { accountId, id: 'con_0', contact })
    await createContact(deps, { accountId: 'other', id: 'con_0', contact })
    await env.DB.prepare(
      `INSERT INTO documents (account_id, id, kind, status, version, contact_id, contact_name, contact_key, issue_date, due_date, currency, total, created_at, created_by, updated_at, content)
       VALUES ('mine', 'doc_1', 'invoice', 'draft', 1, 'con_0', 'Old', 'old', '', '', 'EUR', 0, 0, '', 0, '{}')`,
    ).run()
    const { plan, ...key } = await checked(deps, fileOf(1))
    await startImport(deps, key, plan)
    await env.DB.prepare('UPDATE contact_imports SET updated_at = 0').run()
    await tick()
    expect(await row('SELECT contact_name, contact_key FROM documents')).toEqual({
      contact_name: 'Client 0',
      contact_key: 'client 0',
    })
    expect(await row("SELECT name FROM contacts WHERE account_id = 'other'")).toEqual({ name: 'Old' })
  })

  it('leaves no file a week later, finished or abandoned', async () => {
    const deps = testDeps()
    const { plan, ...done } = await checked(deps, fileOf(3))
    await checked(deps, fileOf(2))
    await startImport(deps, done, plan)
    await continueImport(deps, done)
    expect((await objects()).filter((key) => key.includes(done.id))).toEqual([expect.stringMatching(/report\.json$/)])
    await deleteOldImports(testDeps({ now: () => Date.now() + 6 * DAY_MS }))
    expect(await rows('SELECT id FROM contact_imports')).toHaveLength(2)
    await deleteOldImports(testDeps({ now: () => Date.now() + 8 * DAY_MS }))
    expect(await objects()).toEqual([])
    expect(await rows('SELECT id FROM contact_imports')).toEqual([])
  })

  it('reads no more of a large account than of a small one', async () => {
    const read: number[] = []
    for (const others of [10, 5000]) {
      await freshStorage()
      await env.DB.prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO contacts (account_id, id, kind, name, name_key, address, vat_id, language, currency, emails, notes, external_id, source, version, created_at, updated_at)
         SELECT 'mine', 'con_' || i, 'company', 'x', 'x', '{"lines":[],"postcode":"","town":"","region":"","country":""}', '', '', '', '[]', '', 'c-' || (i + 45), '', 1, 0, 0 FROM n`,
      )
        .bind(others)
        .run()
      const deps = testDeps()
      const { plan, ...key } = await checked(deps, fileOf(50))
      await startImport(deps, key, plan)
      const counted = countingD1(env.DB)
      await continueImport({ ...deps, db: openDb(counted.d1) }, key)
      read.push(counted.rowsRead())
    }
    expect(read[1]).toBeLessThanOrEqual((read[0] ?? 0) + 10)
  })
})
