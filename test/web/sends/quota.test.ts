/** Tests the daily limit of an account's mails, its warnings, and its restoration by an undo. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { confirmBulkSend } from '../../../src/commands/bulk-sends/confirm-bulk-send'
import { createBulkSend } from '../../../src/commands/bulk-sends/create-bulk-send'
import { sendAutomatically } from '../../../src/commands/sends/send-automatically'
import { sendDocument } from '../../../src/commands/sends/send-document'
import { findAccountsSql, setQuotaSql } from '../../../src/dev/quota'
import { addDays, dateIn, localDateTime } from '../../../src/domain/calendar'
import { routes } from '../../../src/routes'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { draftFor, invoiceFor, latestSend, send, sendForm } from '../../support/sendable'

const ZONE = 'Europe/Paris'
const today = () => dateIn(Date.now(), ZONE)
const tomorrow = () => addDays(today(), 1)
const TWO = { emails: ['delivered+1@simulator.test', 'delivered+2@simulator.test'] }

let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp({ settings: { timeZone: ZONE, batchWindowMs: 0 } })
})

const limitTo = (mails: number) =>
  env.DB.prepare('UPDATE accounts SET daily_quota = ? WHERE id = ?').bind(mails, merchant.accountId).run()
const usedOn = async (day: string) =>
  (
    await rows<{ used: number }>(
      'SELECT used FROM daily_sends WHERE account_id = ? AND day = ?',
      merchant.accountId,
      day,
    )
  )[0]?.used ?? 0
const deliveries = async () => (await row<{ n: number }>('SELECT count(*) AS n FROM deliveries')).n
const at = (day: string) => ({ when: 'later', at: `${day}T09:00` })
const newSendPage = async (id: string) => textOf(await merchant.get(routes.newSend(id)))

describe('the daily quota', () => {
  it('counts a mail for each recipient, and refuses too many with the time at which more can be sent', async () => {
    await limitTo(3)
    expect((await send(merchant, await invoiceFor(merchant, { contact: TWO }))).status).toBe(303)
    expect(await usedOn(today())).toBe(2)
    const second = await invoiceFor(merchant, { contact: TWO })
    const refused = await send(merchant, second)
    expect(refused.status).toBe(422)
    const text = await textOf(refused)
    expect(text).toContain('Your account may send 3 e-mails a day; e-mails left for this day: 1.')
    expect(text).toMatch(/More can be sent from .*00:00|More can be sent from .*12:00 AM/)
    expect([await usedOn(today()), await deliveries()]).toEqual([2, 2])
    expect(await rows('SELECT 1 FROM sends WHERE document_id = ?', second)).toEqual([])
  })

  it('refuses a draft as a whole: it gets no number when its mails may not leave', async () => {
    await limitTo(1)
    const id = await draftFor(merchant, { contact: TWO })
    expect((await send(merchant, id)).status).toBe(422)
    expect(await row('SELECT status, number FROM documents WHERE id = ?', id)).toEqual({
      status: 'draft',
      number: null,
    })
    expect(await rows('SELECT next FROM series WHERE next > 1')).toEqual([])
    expect(await usedOn(today())).toBe(0)
  })

  it('is never exceeded, however many sends come at once', async () => {
    await limitTo(7)
    const ids = []
    for (let n = 0; n < 12; n++) ids.push(await invoiceFor(merchant, { contact: TWO }))
    const forms = await Promise.all(ids.map((id) => sendForm(merchant, id)))
    const responses = await Promise.all(ids.map((id, n) => merchant.post(routes.sends(id), forms[n] ?? {})))
    expect(responses.filter(({ status }) => status === 303)).toHaveLength(3)
    expect(responses.filter(({ status }) => status === 422)).toHaveLength(9)
    expect([await usedOn(today()), await deliveries()]).toEqual([6, 6])
  })

  it('counts a repeated send once, also with nothing left', async () => {
    await limitTo(2)
    const id = await invoiceFor(merchant, { contact: TWO })
    const form = await sendForm(merchant, id)
    const responses = await Promise.all([1, 2, 3].map(() => merchant.post(routes.sends(id), form)))
    expect(responses.map(({ status }) => status)).toEqual([303, 303, 303])
    expect((await merchant.post(routes.sends(id), form)).status).toBe(303)
    expect([await usedOn(today()), await deliveries()]).toEqual([2, 2])
  })

  it('restores undone mails, once', async () => {
    await limitTo(2)
    const id = await invoiceFor(merchant, { contact: TWO })
    await send(merchant, id)
    const { id: sendId } = await latestSend(id)
    await Promise.all([1, 2].map(() => merchant.post(routes.sendCancellation(id, sendId))))
    await merchant.post(routes.sendCancellation(id, sendId))
    expect(await usedOn(today())).toBe(0)
    expect((await send(merchant, id)).status).toBe(303)
  })

  it('restores only the mails that had not left', async () => {
    const id = await invoiceFor(merchant, { contact: TWO })
    await send(merchant, id)
    await env.DB.prepare("UPDATE deliveries SET status = 'sent', rank = 4 WHERE address LIKE '%+1@%'").run()
    await merchant.post(routes.sendCancellation(id, (await latestSend(id)).id))
    expect(await usedOn(today())).toBe(1)
  })

  it('counts a scheduled mail for the day on which it leaves', async () => {
    await limitTo(2)
    expect((await send(merchant, await invoiceFor(merchant, { contact: TWO }), at(tomorrow()))).status).toBe(303)
    expect([await usedOn(today()), await usedOn(tomorrow())]).toEqual([0, 2])
    expect((await send(merchant, await invoiceFor(merchant, { contact: TWO }))).status).toBe(303)
    expect((await send(merchant, await invoiceFor(merchant), at(tomorrow()))).status).toBe(422)
  })

  it('moves with the time of a send, where that day has room', async () => {
    await limitTo(2)
    const id = await invoiceFor(merchant, { contact: TWO })
    await send(merchant, id, at(tomorrow()))
    const { id: sendId } = await latestSend(id)
    const path = routes.sendSchedule(id, sendId)
    const dayAfter = addDays(tomorrow(), 1)
    expect((await merchant.post(path, { when: 'later', at: `${dayAfter}T09:00` })).status).toBe(303)
    expect((await merchant.post(path, { when: 'later', at: `${dayAfter}T10:00` })).status).toBe(303)
    expect([await usedOn(tomorrow()), await usedOn(dayAfter)]).toEqual([0, 2])

    await send(merchant, await invoiceFor(merchant), at(tomorrow()))
    const refused = await merchant.post(path, { when: 'later', at: `${tomorrow()}T10:00` })
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('e-mails left for this day: 1')
    expect([await usedOn(tomorrow()), await usedOn(dayAfter)]).toEqual([1, 2])
    const { due_at } = await row<{ due_at: number }>('SELECT due_at FROM deliveries WHERE send_id = ?', sendId)
    expect(localDateTime(due_at, ZONE)).toBe(`${dayAfter}T10:00`)
  })

  it('lets automatic mails wait for the first day that has room', async () => {
    const { accountId } = merchant
    await env.DB.prepare(`UPDATE accounts SET settings = json_set(settings, '$.autosend', json('true'))`).run()
    await limitTo(2)
    const ids = []
    for (let n = 0; n < 3; n++) ids.push(await invoiceFor(merchant, { contact: TWO }))
    for (const id of [...ids, ...ids]) await sendAutomatically(testDeps(), { accountId, documentId: id, version: 2 })
    const dayAfter = addDays(tomorrow(), 1)
    expect([await usedOn(today()), await usedOn(tomorrow()), await usedOn(dayAfter)]).toEqual([2, 2, 2])
    const third = await row<{ due_at: number }>('SELECT due_at FROM deliveries WHERE document_id = ?', ids[2])
    expect(localDateTime(third.due_at, ZONE)).toBe(`${dayAfter}T00:00`)
  })

  it('counts the copy that goes with the send that stays, when the one that carried it is taken back', async () => {
    const copyTo = async (address: string) =>
      env.DB.prepare("UPDATE accounts SET settings = json_set(settings, '$.copiesTo', json(?))")
        .bind(JSON.stringify({ invoice: address }))
        .run()
    const id = await invoiceFor(merchant, { contact: TWO })
    await send(merchant, id, at(tomorrow()))
    await copyTo('books@shop.example')
    await send(merchant, id)
    expect([await usedOn(today()), await usedOn(tomorrow())]).toEqual([3, 2])
    const { id: second } = await row<{ id: string }>("SELECT send_id AS id FROM deliveries WHERE purpose = 'copy'")
    await Promise.all([1, 2].map(() => merchant.post(routes.sendCancellation(id, second))))
    const waiting = await row("SELECT count(*) AS n FROM deliveries WHERE status = 'queued'")
    expect(waiting).toEqual({ n: 3 })
    expect((await usedOn(today())) + (await usedOn(tomorrow()))).toBe(3)
  })

  it('counts days in the account’s first time zone, even after a change', async () => {
    await limitTo(2)
    await send(merchant, await invoiceFor(merchant, { contact: TWO }))
    const next = await invoiceFor(merchant)
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Pacific/Kiritimati', 'Asia/Tokyo']) {
      expect((await merchant.fillIn(routes.documentSettings, { timeZone: zone })).status).toBe(303)
      expect((await send(merchant, next)).status, zone).toBe(422)
    }
    expect(await row('SELECT quota_zone FROM accounts WHERE id = ?', merchant.accountId)).toEqual({ quota_zone: ZONE })
    expect(await rows('SELECT day, used FROM daily_sends')).toEqual([{ day: today(), used: 2 }])
  })

  it('is given back by the day it was counted for, also by the undo of a bulk send after a change of zone', async () => {
    const ids = [await invoiceFor(merchant, { contact: TWO }), await invoiceFor(merchant)]
    const { accountId, userId } = merchant
    const bulk = { accountId, userId, id: testDeps().newId('blk') }
    await createBulkSend(testDeps(), { ...bulk, source: { from: 'chosen', ids }, test: false })
    await confirmBulkSend(testDeps(), { ...bulk, leftOut: 0 })
    expect(await usedOn(today())).toBe(3)
    await merchant.fillIn(routes.documentSettings, { timeZone: 'Pacific/Kiritimati' })
    await merchant.post(routes.bulkSendCancellation(bulk.id))
    expect(await rows('SELECT day, used FROM daily_sends')).toEqual([{ day: today(), used: 0 }])
  })

  it('is counted per account', async () => {
    await limitTo(1)
    await send(merchant, await invoiceFor(merchant))
    const other = await signUp({ settings: { batchWindowMs: 0 } })
    expect((await send(other, await invoiceFor(other))).status).toBe(303)
    expect((await send(merchant, await invoiceFor(merchant))).status).toBe(422)
  })

  it('includes the limit and when it frees up in responses to programs', async () => {
    await limitTo(0)
    const documentId = await invoiceFor(merchant)
    const deps = testDeps({ now: () => Date.UTC(2026, 10, 24, 22, 30) })
    const refused = await sendDocument(deps, {
      ...{ accountId: merchant.accountId, userId: merchant.userId, documentId, sendId: deps.newId('snd') },
      ...{ origin: 'api', recipients: ['delivered@simulator.test'], language: 'en', subject: null, body: null },
      ...{ attachPdf: false, scheduledFor: null, version: 2 },
    })
    const details = { limit: 0, left: 0, resetsAt: Date.UTC(2026, 10, 24, 23) }
    expect(refused).toEqual({ ok: false, reason: 'quota_reached', details })
  })
})

describe('pages', () => {
  it('show the quota on the Send page once four fifths are used', async () => {
    await limitTo(10)
    const id = await invoiceFor(merchant, { contact: TWO })
    expect(await newSendPage(id)).not.toContain('of 10 a day')
    for (let n = 0; n < 4; n++) await send(merchant, id)
    expect(await newSendPage(id)).toContain('You can send 2 more e-mails today, of 10 a day.')
    await send(merchant, id)
    expect(await newSendPage(id)).toContain('No more e-mails can be sent today')
  })

  it('show in the settings the mails left, and the account id to name to get more', async () => {
    await limitTo(10)
    await send(merchant, await invoiceFor(merchant, { contact: TWO }))
    const settings = await textOf(await merchant.get(routes.mailSettings))
    expect(settings).toContain('8 of 10 e-mails left for today')
    expect(settings).toContain(merchant.accountId)
  })
})

describe('npm run quota', () => {
  const run = (statements: string[]) => env.DB.batch(statements.map((sql) => env.DB.prepare(sql)))

  it('finds an account by its id or an owner’s address, never by another’s', async () => {
    const viewer = await signUp({ accountId: merchant.accountId, role: 'admin' })
    const found = { id: merchant.accountId, name: 'Atelier Dupré', dailyQuota: 200 }
    expect(await rows(findAccountsSql(merchant.accountId))).toEqual([found])
    expect(await rows(findAccountsSql(merchant.email.toUpperCase()))).toEqual([found])
    expect(await rows(findAccountsSql(viewer.email))).toEqual([])
    expect(await rows(findAccountsSql("x' OR 1 = 1 --"))).toEqual([])
  })

  it('lets more mails leave at once, and is recorded in the account’s audit list', async () => {
    await limitTo(1)
    const id = await invoiceFor(merchant, { contact: TWO })
    expect((await send(merchant, id)).status).toBe(422)
    await run(setQuotaSql({ id: merchant.accountId, name: '', dailyQuota: 1 }, 2, Date.now()))
    expect((await send(merchant, id)).status).toBe(303)
    const changes = await textOf(await merchant.get(routes.auditList))
    expect(changes).toContain('Operator of this installation changed the daily e-mail limit')
    expect(changes).toMatch(/E-mails per day 1 became 2/)
  })
})
