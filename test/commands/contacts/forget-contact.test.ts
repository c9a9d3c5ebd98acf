import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { forgetContact } from '../../../src/commands/contacts/forget-contact'
import { saveContact } from '../../../src/commands/contacts/save-contact'
import type { Deps } from '../../../src/commands/deps'
import { attachFile } from '../../../src/commands/documents/attach-file'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { runBackgroundJobs } from '../../../src/commands/maintenance/run-background-jobs'
import { sweepFiles } from '../../../src/commands/maintenance/sweep-files'
import { sendDocument } from '../../../src/commands/sends/send-document'
import { mailKey } from '../../../src/commands/stored-mail'
import { contactOf } from '../../support/accounts'
import { callNumbers, type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { everyRow } from '../../support/database-rows'
import { testDeps } from '../../support/deps'
import { contentOf } from '../../support/documents'
import { insertAccount } from '../../support/fixtures'

const DAY_MS = 86_400_000
const ADDRESS = 'anna@secret.example'

beforeEach(async () => {
  await freshStorage()
  await live('mine')
  await live('other')
})

/** An account whose contact has an issued document that was mailed and bounced, and a draft. */
async function live(accountId: string): Promise<void> {
  const deps = testDeps()
  await insertAccount(accountId)
  const contact = contactOf({ name: 'Anna Secret', emails: [ADDRESS], notes: 'Secret note', externalId: 'secret-7' })
  await createContact(deps, { accountId, id: 'con_1', contact })
  for (const documentId of ['doc_1', 'doc_2'])
    await createDraft(deps, {
      accountId,
      documentId,
      contactId: 'con_1',
      content: contentOf(),
      kind: 'invoice',
      actor: 'usr_1',
    })
  must(await finaliseDocument(deps, { accountId, documentId: 'doc_1', version: 1, actor: 'usr_1' }))
  must(
    await sendDocument(deps, {
      ...{ accountId, userId: 'usr_1', documentId: 'doc_1', sendId: `snd_${accountId}`, origin: 'manual', version: 2 },
      ...{
        recipients: [ADDRESS],
        language: 'en',
        subject: 'Secret subject',
        body: null,
        attachPdf: false,
        scheduledFor: null,
      },
    }),
  )
}

const must = (result: { ok: boolean }) => expect(result).toMatchObject({ ok: true })

/** Makes the mail look sent and bounced. */
async function arrive(accountId: string): Promise<string> {
  const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE account_id = ?', accountId)
  await env.BUCKET.put(mailKey(accountId, id), 'the exact e-mail')
  const text = `550 5.1.1 <${ADDRESS}> unknown`
  await env.DB.batch([
    env.DB.prepare(
      "UPDATE deliveries SET status = 'bounced', rank = 8, due_at = NULL, link_hash = ?1, server_text = ?2 WHERE id = ?1",
    ).bind(id, text),
    env.DB.prepare("UPDATE documents SET mail_state = 'problem' WHERE account_id = ? AND id = 'doc_1'").bind(accountId),
    env.DB.prepare(
      "INSERT INTO history (account_id, document_id, id, at, type, actor, delivery_id, data) VALUES (?1, 'doc_1', 'his_1', 1, 'bounced', '', ?2, json_object('text', ?3, 'reason', 'hard_bounce'))",
    ).bind(accountId, id, text),
    env.DB.prepare(
      "INSERT INTO provider_events (connection, key, delivery_id, received_at, event) VALUES ('c', ?1, ?1, 0, ?2)",
    ).bind(id, JSON.stringify({ to: ADDRESS })),
    env.DB.prepare(
      "INSERT INTO fresh_links (account_id, delivery_id, created_at, hash) VALUES (?1, ?2, 0, ?2 || 'fresh')",
    ).bind(accountId, id),
    env.DB.prepare(
      "INSERT INTO suppressions (account_id, address_key, reason, server_text, created_at, created_by) VALUES (?1, ?2, 'hard_bounce', '', 0, '')",
    ).bind(accountId, ADDRESS),
  ])
  return id
}

const forget = (deps: Deps) => forgetContact(deps, { accountId: 'mine', actor: 'usr_1', id: 'con_1' })

/** Returns an account's rows with personal data, apart from issued documents. */
async function traces(accountId: string): Promise<string[]> {
  const { documents: _, accounts: __, organizations: ___, ...tables } = await everyRow()
  return Object.values(tables)
    .flat()
    .filter(
      (text) =>
        text.includes(accountId) &&
        /secret/i.test(text.replace('"name":"Anna Secret"', '').replace('"name_key":"anna secret"', '')),
    )
}

describe('forgetting a contact', () => {
  it('removes addresses, links, mails and notes, keeps issued documents, and adds an entry to the audit list', async () => {
    const id = await arrive('mine')
    await arrive('other')
    const snapshot = await row("SELECT number, paper FROM documents WHERE account_id = 'mine' AND id = 'doc_1'")
    const others = await traces('other')
    must(await forget(testDeps()))
    await runBackgroundJobs(testDeps())
    expect(await traces('mine')).toEqual([])
    expect(await env.BUCKET.head(mailKey('mine', id))).toBeNull()
    expect(await rows("SELECT id FROM documents WHERE account_id = 'mine'")).toEqual([{ id: 'doc_1' }])
    expect(await row("SELECT number, paper FROM documents WHERE account_id = 'mine'")).toEqual(snapshot)
    expect(
      await row(
        "SELECT name, emails, notes, archived_at IS NOT NULL AS archived FROM contacts WHERE account_id = 'mine'",
      ),
    ).toEqual({
      ...{ name: 'Anna Secret', emails: '[]', notes: '', archived: 1 },
    })
    expect(await rows("SELECT status, address, link_hash FROM deliveries WHERE account_id = 'mine'")).toEqual([
      { status: 'bounced', address: '', link_hash: null },
    ])
    expect(await rows('SELECT action, subject FROM audit')).toEqual([{ action: 'contact_forgotten', subject: 'con_1' }])
    expect(await traces('other')).toEqual(others)
    expect((await env.BUCKET.list({ prefix: 'mail/other/' })).objects).toHaveLength(1)
  })

  it('removes the files of its documents, and the reports of imports', async () => {
    await arrive('mine')
    for (const accountId of ['mine', 'other']) {
      const place = { accountId, actor: 'usr_1', documentId: 'doc_1', id: 'att_1' }
      const bytes = new TextEncoder().encode('%PDF-1.4 hours of Anna')
      must(await attachFile(testDeps(), { ...place, name: 'secret-hours.pdf', bytes, isPublic: true }))
      for (const [id, status] of [
        ['imp_1', 'done'],
        ['imp_2', 'checked'],
      ]) {
        await env.DB.prepare(
          "INSERT INTO contact_imports (account_id, id, status, file_name, encoding, delimiter, header, line_count, choices, created_at, updated_at, created_by) VALUES (?, ?, ?, 'a.csv', 'utf-8', ',', '[]', 1, '{}', 0, ?, '')",
        )
          .bind(accountId, id, status, Date.now())
          .run()
        await env.BUCKET.put(`import/${accountId}/${id}/plan_1/report.json`, `{"examples":[{"emails":["${ADDRESS}"]}]}`)
      }
    }
    must(await forget(testDeps()))
    await runBackgroundJobs(testDeps())
    const objects = async () => (await env.BUCKET.list()).objects.map(({ key }) => key)
    expect((await objects()).filter((key) => key.startsWith('import/'))).toEqual([
      'import/mine/imp_2/plan_1/report.json',
      'import/other/imp_1/plan_1/report.json',
      'import/other/imp_2/plan_1/report.json',
    ])
    expect(await rows("SELECT account_id, attachments IS NULL AS gone FROM documents WHERE id = 'doc_1'")).toEqual([
      { account_id: 'mine', gone: 1 },
      { account_id: 'other', gone: 0 },
    ])
    await sweepFiles(testDeps({ log: () => {}, now: () => Date.now() + 2 * DAY_MS }))
    expect((await objects()).filter((key) => key.startsWith('attachment/'))).toEqual([
      expect.stringContaining('attachment/other/'),
    ])
    expect(await traces('mine')).toEqual([])
  })

  it('is not filled again by an old form', async () => {
    await arrive('mine')
    must(await forget(testDeps()))
    const { version } = await row<{ version: number }>("SELECT version FROM contacts WHERE account_id = 'mine'")
    const again = { accountId: 'mine', id: 'con_1', version, contact: contactOf({ name: 'Anna Secret' }) }
    expect(await saveContact(testDeps(), again)).toEqual({ ok: false, reason: 'not_found' })
  })

  it('leaves no contact if no document was issued', async () => {
    await env.DB.prepare("DELETE FROM documents WHERE account_id = 'mine' AND id = 'doc_1'").run()
    must(await forget(testDeps()))
    await runBackgroundJobs(testDeps())
    expect(await rows("SELECT id FROM contacts WHERE account_id = 'mine'")).toEqual([])
    expect(await rows("SELECT id FROM documents WHERE account_id = 'mine'")).toEqual([])
  })

  it('waits until no mail is on its way', async () => {
    expect(await forget(testDeps())).toMatchObject({ ok: false, reason: 'contact_mail_waiting' })
    expect(await traces('mine')).not.toEqual([])
  })

  it('keeps an address unsubscribed', async () => {
    await arrive('mine')
    await env.DB.prepare("UPDATE suppressions SET reason = 'unsubscribed' WHERE account_id = 'mine'").run()
    must(await forget(testDeps()))
    await runBackgroundJobs(testDeps())
    expect(await rows("SELECT reason FROM suppressions WHERE account_id = 'mine'")).toEqual([
      { reason: 'unsubscribed' },
    ])
  })

  it('deletes after a week what a late report stored again', async () => {
    const id = await arrive('mine')
    must(await forget(testDeps()))
    await runBackgroundJobs(testDeps())
    await env.DB.prepare('UPDATE deliveries SET server_text = ? WHERE id = ?')
      .bind(`late word about ${ADDRESS}`, id)
      .run()
    await runBackgroundJobs(testDeps({ now: () => Date.now() + 8 * DAY_MS }))
    expect(await traces('mine')).toEqual([])
    expect(await rows('SELECT kind FROM chores')).toEqual([])
  })

  it('has the same result wherever its process dies, and when it is repeated', async () => {
    for (const moment of ['before', 'after'] as Moment[]) {
      for (const n of callNumbers(moment)) {
        await freshStorage()
        await live('mine')
        const id = await arrive('mine')
        const outside = testDeps()
        const process = new Process(n, moment)
        const mortal = mortalDeps(outside, env.DB, process, outside.mailer)
        const fate = await process.run(forget(mortal).then(() => runBackgroundJobs(mortal)))
        must(await forget(outside))
        await runBackgroundJobs({ ...outside, now: () => Date.now() + 8 * DAY_MS })
        const when = `${moment} ${n}`
        expect(await traces('mine'), when).toEqual([])
        expect(await env.BUCKET.head(mailKey('mine', id)), when).toBeNull()
        expect(await rows('SELECT action FROM audit'), when).toHaveLength(1)
        expect(await rows('SELECT id FROM documents'), when).toEqual([{ id: 'doc_1' }])
        if (fate === 'done') break
      }
    }
  }, 120_000)
})
