/** Tests confirmed bulk sends, which send exactly their collected documents, except those changed since. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { bulkIdOf, confirm, select } from '../../support/bulk'
import { bulkPages } from '../../support/bulk-pages'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf } from '../../support/documents'
import { mailed } from '../../support/mailed'
import { draftFor, invoiceFor, send } from '../../support/sendable'

const deps = testDeps()
let merchant: Merchant
const { invoice, draft, open, list, suppress, sentTo, bulkRow, number } = bulkPages(() => merchant)

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp()
})

describe('confirming', () => {
  it('sends exactly the documents of the list, once, however often and however at once it is confirmed', async () => {
    const ids = [
      await invoice({ emails: ['delivered+1@simulator.test'] }),
      await draft({ emails: ['delivered+2@simulator.test'] }),
    ]
    const bulkId = await select(merchant, ids)
    await invoice({ emails: ['delivered+3@simulator.test'] })
    const responses = await Promise.all([
      confirm(merchant, bulkId),
      confirm(merchant, bulkId),
      confirm(merchant, bulkId),
    ])
    expect(responses.map(({ status }) => status)).toEqual([303, 303, 303])
    await merchant.post(routes.bulkSendSteps(bulkId))
    await confirm(merchant, bulkId, { 'leave.draft': 'on' })
    expect(await sentTo()).toEqual(['delivered+1@simulator.test', 'delivered+2@simulator.test'])
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'queued', queued: 2, waiting: 2, withheld: 0 })
    const sends = await rows('SELECT origin, created_by, subject FROM sends')
    expect(sends).toEqual([1, 2].map(() => ({ origin: 'bulk', created_by: merchant.userId, subject: null })))
    expect(await rows("SELECT 1 FROM deliveries WHERE priority = 2 AND purpose = 'customer'")).toHaveLength(2)
  })

  it('uses the text for repeated mails for documents sent before, as Send again does, and the usual text for others', async () => {
    merchant = await signUp({ settings: { batchWindowMs: 0 } })
    const [fresh, again] = [await invoice({ language: 'en' }), await invoice({ language: 'en' })]
    await send(merchant, again)
    expect((await mailed(merchant, again)).subject).not.toContain('sent again')
    const bulkId = await select(merchant, [fresh, again])
    expect(await open(bulkId)).toContain(
      '1 document was sent before and goes out again, with your text for documents sent again',
    )
    await confirm(merchant, bulkId)
    expect((await mailed(merchant, again)).subject).toContain('sent again')
    expect((await mailed(merchant, fresh)).subject).not.toContain('sent again')
    expect(await rows('SELECT 1 FROM deliveries WHERE bulk_id = ? AND priority = 2', bulkId)).toHaveLength(2)
    expect(await textOf(await merchant.get(routes.document(again)))).toContain('sent again, in a bulk send')
  })

  it('gives drafts numbers without a gap, in the order of their dates, then of their age', async () => {
    const first = await invoiceFor(merchant)
    const old = { content: { issueDate: '2026-11-20' } }
    await env.DB.prepare("UPDATE series SET last_issue_date = '2026-11-01'").run()
    const [a, b, c] = [await draftFor(merchant), await draftFor(merchant), await draftFor(merchant, old)]
    const bulkId = await select(merchant, [b, a, c])
    await confirm(merchant, bulkId)
    const base = Number((await number(first))?.slice(-4))
    const numbers = await Promise.all([c, a, b].map(number))
    expect(numbers.map((text) => Number(text?.slice(-4)))).toEqual([base + 1, base + 2, base + 3])
  })

  it('does not count the merchant’s copies, and cancels them with the other mails', async () => {
    await env.DB.prepare("UPDATE accounts SET settings = json_set(settings, '$.copiesTo', json(?))")
      .bind(JSON.stringify({ invoice: 'delivered+mine@simulator.test' }))
      .run()
    const bulkId = await select(merchant, [await invoice()])
    await confirm(merchant, bulkId)
    expect(await sentTo()).toEqual(['delivered+mine@simulator.test', 'delivered@simulator.test'])
    expect(await bulkRow(bulkId)).toMatchObject({ queued: 1, waiting: 1 })
    expect(await list(bulkId)).not.toContain('+mine')
    await merchant.post(routes.bulkSendCancellation(bulkId))
    expect(await bulkRow(bulkId)).toMatchObject({ waiting: 0, cancelled: 1 })
    expect(await rows("SELECT 1 FROM deliveries WHERE status = 'cancelled'")).toHaveLength(2)
  })

  it('leaves out the chosen groups, and says so', async () => {
    const kept = await draft({ name: 'Kept back' })
    const bulkId = await select(merchant, [await invoice({ emails: ['delivered+x@simulator.test'] }), kept])
    await confirm(merchant, bulkId, { 'leave.draft': 'on' })
    expect(await sentTo()).toEqual(['delivered+x@simulator.test'])
    expect(await number(kept)).toBeNull()
    expect(await open(bulkId)).toContain('1 document was left out')
    expect(await list(bulkId, 'left_out')).toMatch(/Kept back.*You left out the drafts/)
  })

  it('leaves out and lists what has changed since the list was fixed', async () => {
    const named = (name: string, emails = ['delivered@simulator.test']) => ({ name, emails })
    const goes = await invoice(named('Goes'))
    const paid = await invoice(named('Paid'))
    const credited = await invoice(named('Credited'))
    const blocked = await invoice(named('Blocked', ['blocked@simulator.test']))
    const sent = await invoice(named('Sent'))
    const changed = await draft(named('Changed'))
    const gone = await draft(named('Gone'))
    const mute = await invoice(named('Mute', ['delivered+mute@simulator.test']))
    const bulkId = await select(merchant, [goes, paid, credited, blocked, sent, changed, gone, mute])
    expect(await open(bulkId)).toContain('To be sent: 8 documents')
    await env.DB.batch([
      env.DB.prepare('UPDATE documents SET paid_at = 1 WHERE id = ?').bind(paid),
      env.DB.prepare('UPDATE documents SET credited = 5 WHERE id = ?').bind(credited),
      env.DB.prepare('UPDATE documents SET version = version + 1 WHERE id = ?').bind(changed),
      env.DB.prepare('DELETE FROM documents WHERE id = ?').bind(gone),
      env.DB.prepare("UPDATE contacts SET emails = '[]' WHERE name = 'Mute'"),
    ])
    await suppress('blocked@simulator.test')
    await send(merchant, sent)
    await confirm(merchant, bulkId)
    expect(await rows("SELECT document_id FROM sends WHERE origin = 'bulk'")).toEqual([{ document_id: goes }])
    const text = await list(bulkId, 'left_out')
    expect(text).toMatch(/Paid .*It was paid in the meantime/)
    expect(text).toMatch(/Credited .*It was credited in the meantime/)
    expect(text).toMatch(/Blocked .*addresses are blocked/)
    expect(text).toMatch(/Sent .*It was sent in the meantime/)
    expect(text).toMatch(/Changed .*was changed in the meantime/)
    expect(text).toMatch(/Deleted .*was deleted in the meantime/)
    expect(text).toMatch(/Mute .*has no e-mail address/)
    expect(await open(bulkId)).toContain('7 documents were left out')
  })

  it('leaves out drafts whose numbers are taken, and sends the others', async () => {
    const taken = await invoice()
    await env.DB.prepare('UPDATE series SET next = next - 1').run()
    const one = await draft({ name: 'No number' })
    const bulkId = await select(merchant, [one, taken])
    await confirm(merchant, bulkId)
    expect(await rows('SELECT 1 FROM sends')).toHaveLength(1)
    expect(await list(bulkId, 'left_out')).toMatch(/No number.*already has the next number/)
  })

  it('leaves out the few that can’t be sent, such as two credit notes that together credit too much', async () => {
    const original = await invoice()
    const { accountId, userId: actor } = merchant
    const credit = async () => {
      const id = deps.newId('doc')
      const contactId = await createContact(deps, {
        accountId,
        id: deps.newId('con'),
        contact: contactOf({ emails: ['delivered@simulator.test'] }),
      })
      await createDraft(deps, {
        accountId,
        documentId: id,
        contactId,
        content: contentOf(),
        kind: 'invoice',
        actor,
      })
      await env.DB.prepare("UPDATE documents SET kind = 'credit_note', refers_to = ? WHERE id = ?")
        .bind(original, id)
        .run()
      return id
    }
    const bulkId = await select(merchant, [await credit(), await credit(), await invoice()])
    await confirm(merchant, bulkId)
    for (let i = 0; i < 5; i++) await merchant.post(routes.bulkSendSteps(bulkId))
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'queued', queued: 2, withheld: 1 })
    expect(await row('SELECT credited = total AS whole FROM documents WHERE id = ?', original)).toEqual({ whole: 1 })
  })

  it('stops at the day’s quota, lists the other documents, and sends them later', async () => {
    await env.DB.prepare('UPDATE accounts SET daily_quota = 2').run()
    const bulkId = await select(merchant, [await invoice(), await invoice(), await invoice()])
    expect(await open(bulkId)).toContain('Your account may send 2 e-mails a day, and 2 can still be sent today')
    await confirm(merchant, bulkId)
    expect(await bulkRow(bulkId)).toMatchObject({ queued: 2, withheld: 1, over_quota: 1 })
    expect(await list(bulkId, 'left_out')).toContain('beyond the daily limit')
    await env.DB.batch([
      env.DB.prepare('UPDATE accounts SET daily_quota = 200'),
      env.DB.prepare("UPDATE deliveries SET status = 'delivered', due_at = NULL"),
    ])
    expect(await open(bulkId)).toContain('Send the documents beyond the daily limit')
    const next = bulkIdOf(await merchant.post(routes.bulkSendRetries(bulkId), { from: 'quota' }))
    expect(await open(next)).toContain('Send 1 document')
  })
})

it('finalises many drafts as it finalises one: their snapshots are the same', async () => {
  const { accountId, userId: actor } = merchant
  const [alone, together] = [await draft({ name: 'Twin' }), await draft({ name: 'Twin' })]
  await finaliseDocument(deps, { accountId, documentId: alone, version: 1, actor })
  await confirm(merchant, await select(merchant, [together, await draft()]))
  const snapshot = async (id: string) =>
    row('SELECT paper, contact_key, due_date, total, version FROM documents WHERE id = ?', id)
  expect(await snapshot(together)).toEqual(await snapshot(alone))
})
