import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { mailKey } from '../../src/commands/stored-mail'
import { type Api, apiFor } from '../support/api'
import { type Belongings, belongingsOf } from '../support/belongings'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, row } from '../support/database'
import { rowsOf } from '../support/database-rows'
import { invoiceFor } from '../support/sendable'

beforeAll(freshStorage)

let merchant: Merchant
let api: Api
let its: Belongings

beforeAll(async () => {
  merchant = await signUp()
  api = await apiFor(merchant)
  its = await belongingsOf(merchant)
})

const list = async (query: string, from = api): Promise<string[]> => {
  const answer = await from(`/deliveries?${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json.data.map(({ id }: { id: string }) => id)
}

describe('a delivery', () => {
  it('says what became of it, and by what it went', async () => {
    const waiting = (await api(`/deliveries/${its.deliveryId}`)).json
    expect(waiting).toMatchObject({
      ...{ id: its.deliveryId, document_id: its.sentId, send_id: its.sendId, contact_id: its.contactId },
      ...{ address: 'anna@krueger.example', state: 'queued', purpose: 'customer', problem: false, pdf: 'linked' },
      ...{ attempts: 0, sent_at: null, provider_connection: 'deployment', from: null, has_message: false },
    })
    expect(Date.parse(waiting.next_attempt_at)).toBeGreaterThan(0)
    expect((await api(`/deliveries/${its.bouncedMailId}`)).json).toMatchObject({
      ...{ state: 'soft_bounced', problem: true, next_attempt_at: null },
    })
  })

  it('shows the bytes that were sent, once there are any and as long as they are kept', async () => {
    const path = `/deliveries/${its.mailId}/message`
    const answer = await api(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'message/rfc822'])
    expect(answer.text).toBe(`From: a@example.org\r\nSubject: ${its.secret}\r\n\r\n${its.secret}\r\n`)
    expect((await api(`/deliveries/${its.deliveryId}/message`)).status).toBe(404)
    const lost = await belongingsOf(merchant)
    await env.BUCKET.delete(mailKey(merchant.accountId, lost.mailId))
    expect((await api(`/deliveries/${lost.mailId}/message`)).status).toBe(404)
  })

  it('shows its message only to keys that may send, also while the account is being closed', async () => {
    const owner = await signUp()
    const { mailId } = await belongingsOf(owner)
    const [reader, sender] = [await apiFor(owner, { scopes: ['read'] }), await apiFor(owner, { scopes: ['send'] })]
    const path = `/deliveries/${mailId}/message`
    expect([(await reader(path)).json.code, (await sender(path)).status]).toEqual(['scope_missing', 200])
    await env.DB.prepare('UPDATE accounts SET closing_at = 4e12 WHERE id = ?').bind(owner.accountId).run()
    expect((await sender(path)).status).toBe(200)
  })

  it('has a History of its own', async () => {
    const { data } = (await api(`/deliveries/${its.bouncedMailId}/history`)).json
    expect(data.map(({ type }: { type: string }) => type)).toEqual(['soft_bounced', 'queued'])
    expect(new Set(data.map((entry: { delivery_id: string }) => entry.delivery_id))).toEqual(
      new Set([its.bouncedMailId]),
    )
  })
})

describe('the list of deliveries', () => {
  it('comes in pages, newest first', async () => {
    const all = await list('limit=100')
    expect(all).toEqual([...all].sort().reverse())
    const first = await api('/deliveries?limit=2')
    const second = await api(`/deliveries?limit=2&cursor=${first.json.next_cursor}`)
    expect([...first.json.data, ...second.json.data].map(({ id }) => id)).toEqual(all.slice(0, 4))
    expect(first.headers.get('link')).toContain('rel="next"')
  })

  it('is filtered by state, problem, document, send, contact, address and time', async () => {
    expect(await list('state=delivered')).toContain(its.mailId)
    expect(await list('state=delivered')).not.toContain(its.deliveryId)
    expect(await list(`problem=true&document_id=${its.bouncedId}`)).toEqual([its.bouncedMailId])
    expect(await list(`problem=true&document_id=${its.mailedId}`)).toEqual([])
    expect(await list(`document_id=${its.mailedId}`)).toEqual([its.mailId])
    expect(await list(`send_id=${its.sendId}`)).toEqual([its.deliveryId])
    expect(await list(`send_id=${its.sendId}&document_id=${its.mailedId}`)).toEqual([])
    expect(await list(`contact_id=${its.contactId}`)).toEqual(
      expect.arrayContaining([its.mailId, its.bouncedMailId, its.deliveryId]),
    )
    expect(await list(`contact_id=${its.unusedContactId}&document_id=${its.mailedId}`)).toEqual([])
    expect(await list(`address=ANNA@krueger.example&send_id=${its.sendId}`)).toEqual([its.deliveryId])
    expect(await list('address=berta@krueger.example')).toEqual([])
    const { created_at: at } = await row<{ created_at: number }>(
      'SELECT created_at FROM deliveries WHERE id = ?',
      its.mailId,
    )
    const around = (from: number, to: number) =>
      `document_id=${its.mailedId}&created_from=${new Date(from).toISOString()}&created_to=${new Date(to).toISOString()}`
    expect(await list(around(at - 60_000, at + 60_000))).toEqual([its.mailId])
    expect(await list(around(at + 60_000, at + 120_000))).toEqual([])
  })

  it('leaves out problems that are settled', async () => {
    const other = await belongingsOf(merchant)
    const query = `problem=true&document_id=${other.bouncedId}`
    expect(await list(query)).toEqual([other.bouncedMailId])
    expect(await list('problem=true')).toEqual([
      other.bouncedMailId,
      ...(await list(`problem=true&cursor=${other.bouncedMailId}`)),
    ])
    await env.DB.prepare('UPDATE problems SET settled_at = 1 WHERE delivery_id = ?').bind(other.bouncedMailId).run()
    expect(await list(query)).toEqual([])
    expect(await list(`state=soft_bounced&document_id=${other.bouncedId}`)).toEqual([other.bouncedMailId])
  })

  it('refuses what it does not know', async () => {
    const answer = await api('/deliveries?state=lost&problem=yes&created_from=today&sort=address')
    expect(answer.status).toBe(422)
    expect(answer.json.errors.map(({ parameter }: { parameter: string }) => parameter).sort()).toEqual([
      ...['created_from', 'problem', 'sort', 'state'],
    ])
  })
})

describe('deliveries of others', () => {
  it('of another account are not found and not listed', async () => {
    const thief = await apiFor(await signUp())
    const before = await rowsOf(merchant.accountId)
    for (const path of ['', '/message', '/history'])
      expect((await thief(`/deliveries/${its.mailId}${path}`)).status).toBe(404)
    for (const query of [`document_id=${its.mailedId}`, `send_id=${its.sendId}`, `contact_id=${its.contactId}`, ''])
      expect(await list(query, thief)).toEqual([])
    expect(await rowsOf(merchant.accountId)).toEqual(before)
  })

  it('of the other mode are not found and not listed', async () => {
    const tester = await apiFor(merchant, { test: true })
    const documentId = await invoiceFor(merchant, { test: true })
    const sent = await tester(`/documents/${documentId}/sends`, { json: { to: ['delivered@simulator.test'] } })
    const tried = sent.json.deliveries[0].id
    expect(await list('', tester)).toEqual([tried])
    expect(await list('limit=100')).not.toContain(tried)
    for (const [from, id] of [
      [api, tried],
      [tester, its.mailId],
    ] as const)
      for (const path of ['', '/message', '/history']) expect((await from(`/deliveries/${id}${path}`)).status).toBe(404)
    expect(await list(`send_id=${its.sendId}`, tester)).toEqual([])
  })
})
