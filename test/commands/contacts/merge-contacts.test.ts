import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { mergeContacts } from '../../../src/commands/contacts/merge-contacts'
import { separateContacts } from '../../../src/commands/contacts/separate-contacts'
import type { Deps } from '../../../src/commands/deps'
import { runBackgroundJobs } from '../../../src/commands/maintenance/run-background-jobs'
import { listBulkFacts } from '../../../src/db/bulk-facts'
import { openDb } from '../../../src/db/client'
import { findContact } from '../../../src/db/contacts'
import { listLikelyDuplicates } from '../../../src/db/likely-duplicates'
import { defaultChoices } from '../../../src/domain/contact-merge'
import { contactOf } from '../../support/accounts'
import { countingD1 } from '../../support/counting-d1'
import { type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { insertAccount } from '../../support/fixtures'
import { insertManyDocuments } from '../../support/many-documents'

const ACCOUNT = { accountId: 'mine', actor: 'usr_1' }
/** More documents than two steps handle. */
const DOCUMENTS = 600

async function begin(documents: number): Promise<void> {
  await freshStorage()
  await insertAccount('mine')
  const deps = testDeps()
  const kept = contactOf({ name: 'Kept', emails: ['kept@shop.example'] })
  const other = contactOf({ name: 'Other', emails: ['other@shop.example'], notes: 'A note' })
  await createContact(deps, { accountId: 'mine', id: 'con_kept', contact: kept })
  await createContact(deps, { accountId: 'mine', id: 'con_other', contact: other })
  await insertManyDocuments('mine', documents)
  // The first few belong to the one that stays.
  await env.DB.prepare("UPDATE documents SET contact_id = iif(id <= 'doc_0000000003', 'con_kept', 'con_other')").run()
}

async function merge(deps: Deps) {
  const [kept, other] = await Promise.all(['con_kept', 'con_other'].map((id) => findContact(deps.db, 'mine', id)))
  if (!kept || !other) throw new Error('no contacts')
  return mergeContacts(deps, {
    ...ACCOUNT,
    ...{ keptId: kept.id, keptVersion: kept.version, otherId: other.id, otherVersion: other.version },
    choices: defaultChoices(kept, other),
  })
}

const separate = (deps: Deps) => separateContacts(deps, { ...ACCOUNT, id: 'con_other' })

const counts = async () =>
  Object.fromEntries(
    (
      await rows<{ id: string; n: number }>('SELECT contact_id AS id, count(*) AS n FROM documents GROUP BY contact_id')
    ).map(({ id, n }) => [id, n]),
  )

const contacts = () =>
  rows<{ id: string; emails: string; merged_into: string | null }>(
    'SELECT id, emails, merged_into FROM contacts ORDER BY id',
  )

describe('a merge of many documents', () => {
  beforeEach(() => begin(DOCUMENTS))

  it('moves some at once and the rest step by step, and back again', async () => {
    const deps = testDeps()
    expect(await merge(deps)).toEqual({ ok: true, value: null })
    expect((await counts()).con_kept).toBeLessThan(DOCUMENTS)
    expect(await merge(deps), 'twice is once').toEqual({ ok: true, value: null })
    await runBackgroundJobs(deps)
    expect(await counts()).toEqual({ con_kept: DOCUMENTS })
    expect(await rows('SELECT 1 FROM chores')).toEqual([])
    expect(await separate(deps)).toMatchObject({ ok: true })
    await runBackgroundJobs(deps)
    expect(await counts()).toEqual({ con_kept: 3, con_other: DOCUMENTS - 3 })
    expect(await rows('SELECT 1 FROM chores')).toEqual([])
  })

  it('can be undone while it is still moving; until then no other merge begins', async () => {
    const deps = testDeps()
    await merge(deps)
    await createContact(deps, { accountId: 'mine', id: 'con_third', contact: contactOf() })
    const third = await findContact(deps.db, 'mine', 'con_third')
    const kept = await findContact(deps.db, 'mine', 'con_kept')
    if (!third || !kept) throw new Error('no contacts')
    const next = { keptId: 'con_third', keptVersion: 1, otherId: 'con_kept', otherVersion: kept.version }
    const choices = defaultChoices(third, kept)
    expect(await mergeContacts(deps, { ...ACCOUNT, ...next, choices })).toMatchObject({ reason: 'contact_moving' })
    await separate(deps)
    await runBackgroundJobs(deps)
    expect(await counts()).toEqual({ con_kept: 3, con_other: DOCUMENTS - 3 })
  })

  it('lets a bulk send use the merged contact at once, before all documents have moved', async () => {
    const deps = testDeps()
    await merge(deps)
    const ids = (await rows<{ id: string }>('SELECT id FROM documents')).map(({ id }) => id)
    const facts = await listBulkFacts(deps.db, 'mine', ids)
    expect(new Set(facts.map(({ contact }) => contact?.emails.join()))).toEqual(
      new Set(['kept@shop.example,other@shop.example']),
    )
  })
})

describe('likely duplicates', () => {
  it('are found by a few reads, however many contacts there are', async () => {
    await begin(1)
    await env.DB.prepare(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
      INSERT INTO contacts (account_id, id, kind, name, name_key, address, vat_id, language, currency, emails, notes, external_id, source,
        version, created_at, updated_at)
      SELECT account_id, 'con_' || i, kind, name, name_key, address, 'DE1', '', '', '[]', '', 'x', 's', 1, 0, 0
      FROM n, contacts WHERE id = 'con_kept'`).run()
    const one = await findContact(testDeps().db, 'mine', 'con_7')
    if (!one) throw new Error('no contact')
    const { d1, rowsRead } = countingD1(env.DB)
    expect(await listLikelyDuplicates(openDb(d1), one)).toHaveLength(5)
    expect(rowsRead()).toBeLessThan(100)
  })
})

describe('a process that dies', () => {
  it.each(['before', 'after'] as const)(
    'at any call of merging and undoing, %s it takes effect, leaves both contacts whole and every document at one of them',
    async (moment: Moment) => {
      for (const act of [merge, separate]) {
        let fate = 'died'
        for (let n = 1; fate === 'died'; n++) {
          await begin(20)
          if (act === separate) await merge(testDeps())
          const process = new Process(n, moment)
          fate = await process.run(act(mortalDeps(testDeps(), env.DB, process, testDeps().mailer)))
          // The person saw no response and tries again; the cron does the rest.
          await act(testDeps())
          await runBackgroundJobs(testDeps())
          const when = `${act.name} died ${moment} call ${n}`
          const merged = act === merge
          expect(await counts(), when).toEqual(merged ? { con_kept: 20 } : { con_kept: 3, con_other: 17 })
          expect(await contacts(), when).toEqual([
            {
              id: 'con_kept',
              emails: JSON.stringify(merged ? ['kept@shop.example', 'other@shop.example'] : ['kept@shop.example']),
              merged_into: null,
            },
            { id: 'con_other', emails: '["other@shop.example"]', merged_into: merged ? 'con_kept' : null },
          ])
          const { count } = await row<{ count: number }>(
            'SELECT count(*) AS count FROM audit WHERE action = ?',
            merged ? 'contact_merged' : 'contact_separated',
          )
          expect(count, when).toBe(1)
          expect(await rows('SELECT 1 FROM chores'), when).toEqual([])
        }
      }
    },
    120_000,
  )
})
