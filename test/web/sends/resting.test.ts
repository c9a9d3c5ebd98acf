/** Tests the pause of an account's bulk and automatic mails after too many bounces or complaints. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { dispatchDue } from '../../../src/commands/sends/dispatch-due'
import type { DeliverMessage } from '../../../src/domain/messages'
import { routes } from '../../../src/routes'
import { confirm, select } from '../../support/bulk'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { insertQueuedSends } from '../../support/fixtures'
import { HeldQueue } from '../../support/held-queue'
import { letterTo } from '../../support/mailbox'
import { invoiceFor, send } from '../../support/sendable'
import { sink } from '../../support/sink'
import { deliverIds, reportEvents, tick } from '../../support/worker'

const WAIT = { timeout: 10_000, interval: 100 }

let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  await sink.clear()
  merchant = await signUp({ email: 'owner@shop.example', settings: { batchWindowMs: 0 } })
})

/** Dispatches what is due onto a queue that keeps it, so that its consumer does not try the mails at the same time as the test. */
const dispatchHeld = () => dispatchDue(testDeps({ deliverQueue: new HeldQueue<DeliverMessage>().binding }))

/** Inserts delivered mails; returns their ids. */
async function arrived(count: number, { name = 'past', accountId = merchant.accountId } = {}): Promise<string[]> {
  const ids = await insertQueuedSends({ accountId, name, count, dueAt: 0 })
  await env.DB.prepare(
    "UPDATE deliveries SET status = 'delivered', rank = 6, due_at = NULL, attempt = 1, sent_at = 1 WHERE send_id LIKE ?",
  )
    .bind(`snd_${name}_%`)
    .run()
  return ids
}

/** Records an event of each mail, one after the other. */
async function report(ids: string[], eventClass: 'bounced_hard' | 'complained') {
  for (const deliveryId of ids)
    await reportEvents('simulator', [
      { key: `${deliveryId}:${eventClass}`, class: eventClass, deliveryId, attempt: 1, at: Date.now(), text: 'gone' },
    ])
}
const resting = async () =>
  (
    await row<{ reason: string | null }>(
      'SELECT resting_reason AS reason FROM accounts WHERE id = ?',
      merchant.accountId,
    )
  ).reason

describe('the rates of an account', () => {
  it('pause it above 5 % hard bounces, but not at 5 %', async () => {
    const ids = await arrived(60)
    await report(ids.slice(0, 3), 'bounced_hard')
    expect(await resting()).toBeNull()
    await report(ids.slice(3, 4), 'bounced_hard')
    expect(await resting()).toBe('bounces')
    expect((await letterTo('owner@shop.example')).subject).toBe('Bulk and automatic e-mails of Atelier Dupré rest')
    await report(ids.slice(4, 6), 'bounced_hard')
    expect((await sink.rawMails()).filter(({ to }) => to === 'owner@shop.example')).toHaveLength(1)
  })

  it('pause it above 0.3 % complaints', async () => {
    const [id = ''] = await arrived(60)
    await report([id], 'complained')
    expect(await resting()).toBe('complaints')
  })

  it('count only after 50 mails, and no tests, copies, other accounts’ mails or mails before the latest 200', async () => {
    const few = await arrived(49)
    await report(few.slice(0, 10), 'bounced_hard')
    expect(await resting()).toBeNull()
    await arrived(200, { name: 'z' })
    const other = await signUp()
    await report((await arrived(60, { name: 'y', accountId: other.accountId })).slice(0, 10), 'bounced_hard')
    await report(few.slice(10, 20), 'bounced_hard')
    expect(await resting()).toBeNull()
    const copies = await arrived(60, { name: 'zz' })
    await env.DB.exec("UPDATE deliveries SET purpose = 'copy' WHERE send_id LIKE 'snd_zz_%'")
    await report(copies.slice(0, 20), 'bounced_hard')
    await env.DB.exec(
      "UPDATE deliveries SET purpose = 'customer', document_id = 'doc_test_' || id WHERE send_id LIKE 'snd_zz_%'",
    )
    await report(copies.slice(20, 40), 'bounced_hard')
    expect(await resting()).toBeNull()
  })
})

describe('an account whose sending rests', () => {
  beforeEach(async () => {
    await env.DB.prepare("UPDATE accounts SET resting_at = 1, resting_reason = 'bounces' WHERE id = ?")
      .bind(merchant.accountId)
      .run()
  })
  const haveLeft = async () =>
    (
      await rows<{ left: number }>(
        "SELECT sent_at IS NOT NULL AS left FROM deliveries WHERE send_id GLOB 'snd_*_1' ORDER BY id",
      )
    ).map(({ left }) => left === 1)
  const queued = (name: string, origin: 'manual' | 'automatic' | 'bulk') =>
    insertQueuedSends({ accountId: merchant.accountId, name, count: 1, origin, dueAt: 1 })

  it('sends by hand, and holds automatic and bulk mails until an owner resumes, which is recorded', async () => {
    const ids = [...(await queued('a', 'manual')), ...(await queued('b', 'automatic')), ...(await queued('c', 'bulk'))]
    await dispatchHeld()
    await deliverIds(ids)
    // The queue's own consumer may have claimed some of them first.
    await vi.waitFor(async () => expect(await haveLeft()).toEqual([true, false, false]), WAIT)
    await tick()
    expect(await haveLeft()).toEqual([true, false, false])
    expect((await send(merchant, await invoiceFor(merchant))).status).toBe(303)

    const admin = await signUp({ accountId: merchant.accountId, role: 'admin' })
    expect((await admin.post(routes.sendingResumption)).status).toBe(403)
    expect(await textOf(await admin.get(routes.documents))).toContain(
      'An owner of the account can let them leave again',
    )
    const page = await merchant.follow(await merchant.post(routes.sendingResumption))
    expect(await textOf(page)).toContain('Bulk and automatic e-mails leave again.')
    await dispatchHeld()
    await deliverIds(ids)
    await vi.waitFor(async () => expect(await haveLeft()).toEqual([true, true, true]), WAIT)
    await merchant.post(routes.sendingResumption)
    expect(await rows("SELECT actor FROM audit WHERE action = 'sending_resumed'")).toEqual([{ actor: merchant.userId }])
    expect(await textOf(await merchant.get(routes.auditList))).toContain('let bulk and automatic e-mails leave again')
  })

  it('says of each mail that waits why it does, and no longer once an owner has resumed', async () => {
    const ids = await queued('b', 'automatic')
    await dispatchHeld()
    await deliverIds(ids)
    const why = 'Bulk and automatic e-mails of this account rest until an owner lets them leave again.'
    const entry = 'waits: bulk and automatic e-mails rest until an owner lets them leave again'
    const text = await textOf(await merchant.get(routes.document('doc_b_1')))
    expect(text).toContain(why)
    expect(text).toContain(entry)
    const list = async () => textOf(await merchant.get(routes.deliveries))
    expect(await list()).toContain(why)
    expect(await list()).toContain('Resting')
    expect(text).toContain('1 e-mail waits until an owner lets bulk and automatic e-mails leave again.')
    expect(text).not.toContain('Goes out')
    await merchant.post(routes.sendingResumption)
    expect(await list()).not.toContain(why)
    const resumed = await textOf(await merchant.get(routes.document('doc_b_1')))
    expect(resumed).not.toContain(why)
    expect(resumed).not.toContain(entry)
  })

  it('is not held up by a provider that is paused, and its mails are overdue again once it has resumed', async () => {
    const ids = await insertQueuedSends({
      ...{ accountId: merchant.accountId, name: 'd', count: 1, origin: 'bulk', dueAt: 1, address: 'a@shop.example' },
    })
    await dispatchHeld()
    await deliverIds(ids)
    const stored = () => row('SELECT status, reason, overdue_since FROM deliveries')
    expect(await stored()).toEqual({ status: 'queued', reason: 'sending_rests', overdue_since: null })
    await env.DB.exec(
      "INSERT INTO provider_states (connection, paused_until, reason, server_text, updated_at) VALUES ('deployment', 9e15, 'server_unreachable', '', 1)",
    )
    await env.DB.exec('UPDATE deliveries SET due_at = 2')
    await dispatchHeld()
    expect(await stored()).toEqual({ status: 'queued', reason: 'sending_rests', overdue_since: null })
    await env.DB.exec('DELETE FROM provider_states')
    await env.DB.exec('UPDATE accounts SET resting_at = NULL, resting_reason = NULL')
    await env.DB.exec('UPDATE deliveries SET due_at = 3')
    await dispatchHeld()
    expect(await stored()).toEqual({ status: 'dispatched', reason: null, overdue_since: null })
    await env.DB.exec("UPDATE deliveries SET status = 'queued', rank = 0")
    expect(await stored()).toMatchObject({ overdue_since: 3 })
  })

  it('confirms no bulk send, and says why on every page', async () => {
    const bulkId = await select(merchant, [await invoiceFor(merchant)])
    expect((await confirm(merchant, bulkId)).status).toBe(422)
    expect(await rows('SELECT 1 FROM deliveries')).toEqual([])
    const text = await textOf(await merchant.get(routes.documents))
    expect(text).toContain('more than 5% came back because their address does not exist')
    expect(text).toContain('Let e-mails leave again')
  })

  it('begins its rates anew when it is resumed', async () => {
    await arrived(60)
    await env.DB.exec(
      "UPDATE deliveries SET status = 'bounced', rank = 8 WHERE id IN ('dlv_past_1', 'dlv_past_2', 'dlv_past_3', 'dlv_past_4')",
    )
    await merchant.post(routes.sendingResumption)
    await report(['dlv_past_5'], 'bounced_hard')
    expect(await resting()).toBeNull()
  })
})
