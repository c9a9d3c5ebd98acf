import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { readMail } from '../../src/commands/stored-mail'
import { localDateTime } from '../../src/domain/calendar'
import { routes } from '../../src/routes'
import { confirm, select } from '../support/bulk'
import { type FormFields, type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { invoiceFor, latestSend, send } from '../support/sendable'
import { deliverIds, reportEvents, tick } from '../support/worker'

let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp({ email: 'books@facteur.test' })
})

const prefer = (fields: FormFields) => merchant.fillIn(routes.mailSettings, fields)
const deliveries = (documentId: string) =>
  rows<{ id: string; address: string; purpose: string; status: string }>(
    'SELECT id, address, purpose, status FROM deliveries WHERE document_id = ? ORDER BY purpose DESC, id',
    documentId,
  )

/** Returns the text of a mail without the soft line breaks of quoted-printable. */
const textOfMail = (mime: Uint8Array): string => new TextDecoder().decode(mime).replaceAll('=\r\n', '')

describe('a copy for the merchant', () => {
  beforeEach(() => prefer({ 'copiesTo.invoice': ' Archive@Books.example ' }))

  it('is saved for a valid address; an invalid one is named and stays in the form', async () => {
    const wrong = await prefer({ 'copiesTo.receipt': 'nobody' })
    expect(wrong.status).toBe(422)
    const html = await wrong.text()
    expect(html).toContain('value="nobody"')
    expect(html).toContain('Archive@books.example')
  })

  it('leaves with the first send of a document, once', async () => {
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    await send(merchant, id)
    expect(await deliveries(id)).toMatchObject([
      { address: 'delivered@simulator.test', purpose: 'customer' },
      { address: 'delivered@simulator.test', purpose: 'customer' },
      { address: 'Archive@books.example', purpose: 'copy' },
    ])
  })

  it('goes to no stranger before the reply address is confirmed, as no other mail does', async () => {
    await env.DB.exec("UPDATE accounts SET confirmed_reply_email = ''")
    const own = { contact: { emails: [merchant.email] } }
    const copies = async (id: string) => (await deliveries(id)).filter(({ purpose }) => purpose === 'copy')
    const id = await invoiceFor(merchant, own)
    expect((await send(merchant, id)).status).toBe(303)
    expect(await deliveries(id)).toMatchObject([{ address: merchant.email, purpose: 'customer' }])
    await prefer({ 'copiesTo.invoice': merchant.email })
    const second = await invoiceFor(merchant, own)
    await send(merchant, second)
    expect(await copies(second)).toMatchObject([{ address: merchant.email }])
  })

  it('goes with the next send when the first was taken back', async () => {
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    await merchant.post(routes.sendCancellation(id, (await latestSend(id)).id))
    await send(merchant, id)
    const copies = (await deliveries(id)).filter(({ purpose }) => purpose === 'copy')
    expect(copies.map(({ status }) => status).sort()).toEqual(['cancelled', 'queued'])
  })

  it('names the recipients, without the customer’s link and without a way to unsubscribe them', async () => {
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    await env.DB.exec('UPDATE deliveries SET due_at = 1')
    await tick()
    const ids = (await deliveries(id)).map((delivery) => delivery.id)
    await deliverIds(ids)
    const texts = await Promise.all(
      ids.map(async (one) => textOfMail((await readMail(testDeps(), { ...merchant, id: one })).mime)),
    )
    const [toCustomer = '', copy = ''] = texts
    expect(toCustomer).toContain('/d/')
    expect(toCustomer).not.toContain('Archive@books.example')
    expect(copy).toContain('delivered@simulator.test')
    expect(copy).toContain(routes.document(id))
    expect(copy).not.toMatch(/List-Unsubscribe|\/d\//)
  })

  it('goes with the send that stays, when the one that carried it is undone, by itself or in bulk', async () => {
    const waiting = () =>
      rows<{ send_id: string; purpose: string }>(
        "SELECT send_id, purpose FROM deliveries WHERE status = 'queued' ORDER BY purpose",
      )
    for (const inBulk of [false, true]) {
      const id = await invoiceFor(merchant)
      const bulkId = inBulk ? await select(merchant, [id]) : ''
      if (inBulk) await confirm(merchant, bulkId)
      else await send(merchant, id)
      const first = (await latestSend(id)).id
      await send(merchant, id)
      const second = (await latestSend(id)).id
      await merchant.post(inBulk ? routes.bulkSendCancellation(bulkId) : routes.sendCancellation(id, first))
      expect(await waiting()).toEqual([
        { send_id: second, purpose: 'copy' },
        { send_id: second, purpose: 'customer' },
      ])
      await merchant.post(routes.sendCancellation(id, second))
      expect(await waiting()).toEqual([])
    }
  })

  it('that is handed on keeps the schedule of the send that stays, and counts for its day', async () => {
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    const first = (await latestSend(id)).id
    const day = 86_400_000
    const moment = Math.ceil(Date.now() / day + 3) * day
    await send(merchant, id, { when: 'later', at: localDateTime(moment, 'Europe/Paris') })
    const used = () => rows('SELECT day, used FROM daily_sends WHERE used > 0 ORDER BY day')
    const [today, later] = (await used()) as { day: string; used: number }[]
    await merchant.post(routes.sendCancellation(id, first))
    expect(await rows("SELECT purpose, due_at FROM deliveries WHERE status = 'queued' ORDER BY purpose")).toEqual([
      { purpose: 'copy', due_at: moment },
      { purpose: 'customer', due_at: moment },
    ])
    expect(await used()).toEqual([
      ...((today?.used ?? 0) > 2 ? [{ day: today?.day, used: (today?.used ?? 0) - 2 }] : []),
      { day: later?.day, used: 2 },
    ])
    await merchant.post(routes.sendCancellation(id, (await latestSend(id)).id))
    expect(await rows("SELECT 1 FROM deliveries WHERE status = 'queued'")).toEqual([])
    expect(await rows('SELECT 1 FROM daily_sends WHERE day = ? AND used > 0', later?.day)).toEqual([])
  })

  it('that is handed on to a send that has left follows at once, and counts for today', async () => {
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    const first = (await latestSend(id)).id
    await send(merchant, id)
    const second = (await latestSend(id)).id
    await env.DB.prepare(
      "UPDATE deliveries SET status = 'sent', rank = 4, attempt = 1, due_at = NULL WHERE send_id = ?",
    )
      .bind(second)
      .run()
    await env.DB.prepare("UPDATE sends SET counted_on = '2020-01-01' WHERE id = ?").bind(second).run()
    const before = await row<{ used: number }>('SELECT sum(used) AS used FROM daily_sends')
    await merchant.post(routes.sendCancellation(id, first))
    const copy = await row<{ due_at: number }>("SELECT due_at FROM deliveries WHERE status = 'queued'")
    expect(copy.due_at).toBeLessThanOrEqual(Date.now())
    expect(await row('SELECT sum(used) AS used FROM daily_sends')).toEqual({ used: before.used - 1 })
    expect(await rows("SELECT 1 FROM daily_sends WHERE day = '2020-01-01'")).toEqual([])
  })

  it('that bounces is no problem of the document, and blocks no address', async () => {
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    const [customer, copy] = await deliveries(id)
    await env.DB.exec("UPDATE deliveries SET status = 'sent', rank = 4, attempt = 1, due_at = NULL")
    const at = Date.now()
    await reportEvents('simulator', [
      { key: 'a', class: 'delivered', deliveryId: customer?.id ?? '', attempt: 1, at, text: '' },
    ])
    await reportEvents('deployment', [
      { key: 'b', class: 'bounced_hard', deliveryId: copy?.id ?? '', attempt: 1, at, text: '550 5.1.1' },
    ])
    expect(await rows('SELECT mail_state FROM documents WHERE id = ?', id)).toEqual([{ mail_state: 'delivered' }])
    expect(await rows('SELECT * FROM suppressions')).toEqual([])
    expect(await textOf(await merchant.get(routes.document(id)))).toContain('Copy for you')
  })
})
