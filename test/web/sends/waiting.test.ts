import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { localDateTime } from '../../../src/domain/calendar'
import { routes } from '../../../src/routes'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { draftFor, invoiceFor, latestSend, send } from '../../support/sendable'
import { tick } from '../../support/worker'

let merchant: Merchant

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ email: 'waiting@facteur.test' })
})

const deliveryOf = (documentId: string) =>
  row<{ status: string; due_at: number }>('SELECT status, due_at FROM deliveries WHERE document_id = ?', documentId)
const documentOf = (id: string) => row('SELECT status, number, mail_state FROM documents WHERE id = ?', id)
const live = async (id: string) => textOf(await merchant.hx(routes.sends(id)))

/** Sends an invoice, whose mail still waits. */
async function sentInvoice(fields = {}) {
  const id = await invoiceFor(merchant)
  await send(merchant, id, fields)
  return { id, sendId: (await latestSend(id)).id }
}

async function dispatched(documentId: string): Promise<void> {
  await env.DB.prepare('UPDATE deliveries SET due_at = 1 WHERE document_id = ?').bind(documentId).run()
  await tick()
}

describe('a send that waits', () => {
  it('is shown, with a button to undo it and the time left', async () => {
    const { id, sendId } = await sentInvoice()
    const html = await (await merchant.hx(routes.sends(id))).text()
    expect(html).toContain(`action="${routes.sendCancellation(id, sendId)}"`)
    expect(html).toMatch(/data-countdown="1\d\d"/)
    expect(html).toContain('every 15s')
    expect(await live(id)).toContain('delivered@simulator.test Waiting')
  })

  it('is polled by the page, with an empty response while nothing has changed', async () => {
    const { id } = await sentInvoice()
    const html = await (await merchant.hx(routes.sends(id))).text()
    const again = /hx-get="([^"]+)"/.exec(html)?.[1] ?? ''
    expect((await merchant.hx(again)).status).toBe(204)
    await dispatched(id)
    const moved = await merchant.hx(again)
    expect(moved.status).toBe(200)
    expect(await moved.text()).toContain('every 2s')
  })

  it('moves the envelope beside the state and the name of the button, too', async () => {
    const { id, sendId } = await sentInvoice()
    const envelope = async () =>
      /id="envelope".*?<\/span><\/span>/s.exec(await (await merchant.hx(routes.sends(id))).text())?.[0]
    expect(await envelope()).toContain('On its way')
    expect(await live(id)).toContain('Send again')
    await merchant.post(routes.sendCancellation(id, sendId))
    expect(await envelope()).toContain('Not sent')
    expect(await live(id)).not.toMatch(/Send again(?! to)/)
  })
})

describe('undo', () => {
  it('cancels the mail; the document keeps its number', async () => {
    const id = await draftFor(merchant)
    await send(merchant, id)
    const { id: sendId } = await latestSend(id)
    const { number } = (await documentOf(id)) as { number: string }
    const undone = await merchant.post(routes.sendCancellation(id, sendId))
    expect(undone.headers.get('location')).toBe(routes.document(id))
    expect(await deliveryOf(id)).toMatchObject({ status: 'cancelled', due_at: null })
    expect(await documentOf(id)).toEqual({ status: 'final', number, mail_state: 'not_sent' })
    expect(await live(id)).toContain('Camille Martin cancelled the e-mail before it was sent')
  })

  it('updates the page in place where scripts run', async () => {
    const { id, sendId } = await sentInvoice()
    const answer = await merchant.hx(routes.sendCancellation(id, sendId), { method: 'POST' })
    const html = await answer.text()
    expect(html).toContain('Cancelled.')
    expect(html).toContain('hx-target="#deliveries"')
    expect(html).not.toContain('hx-trigger')
  })

  it.each([false, true])('of a part says nothing of the mails that left (in place: %s)', async (inPlace) => {
    const id = await invoiceFor(merchant, { contact: { emails: ['a@simulator.test', 'b@simulator.test'] } })
    await send(merchant, id)
    const { id: sendId } = await latestSend(id)
    await env.DB.prepare(
      "UPDATE deliveries SET status = 'delivered', rank = 6, attempt = 1, due_at = NULL WHERE document_id = ? AND address LIKE 'a@%'",
    )
      .bind(id)
      .run()
    const path = routes.sendCancellation(id, sendId)
    const answer = inPlace
      ? await merchant.hx(path, { method: 'POST' })
      : await merchant.follow(await merchant.post(path))
    const told = await textOf(answer)
    expect(told).toContain('What had not left yet is taken back; the other e-mails were already on their way.')
    const history = await textOf(await merchant.get(routes.document(id)))
    expect(history).toContain('Camille Martin took back the e-mails that had not left yet')
    for (const text of [told, history]) expect(text).not.toMatch(/did not leave|took the e-mail back/)
    expect(await documentOf(id)).toMatchObject({ mail_state: 'delivered' })
  })

  it('is refused with an explanation once the mail has been dispatched', async () => {
    const { id, sendId } = await sentInvoice()
    await dispatched(id)
    const late = await merchant.post(routes.sendCancellation(id, sendId))
    expect(late.status).toBe(409)
    expect(await textOf(late)).toContain('It has already been sent')
    expect(await deliveryOf(id)).toMatchObject({ status: 'dispatched' })
    expect(await textOf(await merchant.hx(routes.sendCancellation(id, sendId), { method: 'POST' }))).toContain(
      'The e-mail was sent before this was possible',
    )
  })
})

describe('a scheduled send', () => {
  const day = 86_400_000
  const moment = Math.ceil(Date.now() / day + 2) * day
  const at = (epochMs: number) => ({ when: 'later', at: localDateTime(epochMs, 'Europe/Paris') })

  it('is shown as scheduled and is not polled', async () => {
    const { id } = await sentInvoice(at(moment))
    expect(await live(id)).toContain('1 e-mail is scheduled for')
    expect(await live(id)).toContain('delivered@simulator.test Scheduled')
    expect(await (await merchant.hx(routes.sends(id))).text()).not.toContain('hx-trigger')
  })

  it('can be moved, also to the next batch, until it is dispatched', async () => {
    const { id, sendId } = await sentInvoice(at(moment))
    const path = routes.sendSchedule(id, sendId)
    const moved = await merchant.fillIn(path, at(moment + day))
    expect(moved.headers.get('location')).toBe(routes.document(id))
    expect(await deliveryOf(id)).toMatchObject({ due_at: moment + day })
    expect(await live(id)).toContain('Camille Martin rescheduled it to')
    await merchant.fillIn(path, { when: 'next' })
    expect(await latestSend(id)).toMatchObject({ scheduled_for: null })
    await dispatched(id)
    expect((await merchant.get(path)).status).toBe(409)
    expect((await merchant.post(path, at(moment))).status).toBe(409)
  })

  it('is not moved to a past or invalid time, and the typed values stay', async () => {
    const { id, sendId } = await sentInvoice(at(moment))
    const path = routes.sendSchedule(id, sendId)
    const past = await merchant.fillIn(path, at(0))
    expect(past.status).toBe(422)
    expect(await past.text()).toContain('1970-01-01T01:00')
    expect((await merchant.fillIn(path, { when: 'later', at: 'soon' })).status).toBe(422)
    expect(await deliveryOf(id)).toMatchObject({ due_at: moment })
  })
})

describe('another account', () => {
  it('finds nothing and changes nothing', async () => {
    const { id, sendId } = await sentInvoice()
    const before = await rows('SELECT * FROM deliveries WHERE document_id = ?', id)
    const other = await signUp({ email: 'waiting-other@facteur.test' })
    const theirs = await invoiceFor(other)
    for (const documentId of [id, theirs]) {
      const responses = await Promise.all([
        other.post(routes.sendCancellation(documentId, sendId)),
        other.get(routes.sendSchedule(documentId, sendId)),
        other.post(routes.sendSchedule(documentId, sendId), { when: 'next' }),
      ])
      expect(responses.map((response) => response.status)).toEqual([404, 404, 404])
    }
    expect(await rows('SELECT * FROM deliveries WHERE document_id = ?', id)).toEqual(before)
  })
})
