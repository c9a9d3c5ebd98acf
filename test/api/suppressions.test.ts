import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Api, apiFor } from '../support/api'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, row, rows } from '../support/database'

beforeAll(freshStorage)

let merchant: Merchant
let api: Api

beforeAll(async () => {
  merchant = await signUp()
  api = await apiFor(merchant)
})

const pathOf = (address: string) => `/suppressions/${encodeURIComponent(address)}`
const isSuppressed = async (address: string) =>
  (await rows('SELECT 1 FROM suppressions WHERE account_id = ? AND address_key = ?', merchant.accountId, address))
    .length === 1

describe('a suppression', () => {
  it('is created, found and released, and the list of changes names the key', async () => {
    const answer = await api('/suppressions', { json: { address: 'Anna@Passages.example' } })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.headers.get('location')).toBe('/api/v1/suppressions/anna%40passages.example')
    expect(answer.json).toMatchObject({
      ...{ address: 'anna@passages.example', reason: 'manual', server_response: null, document_id: null },
      ...{ actor: { id: api.id, name: 'Online shop' }, dropped_documents: 0 },
    })
    expect((await api('/suppressions?address=ANNA@passages.example')).json.data).toEqual([answer.json])
    expect((await api('/suppressions?address=an@passages.example')).json.data).toEqual([])
    expect((await api(pathOf('Anna@passages.example'), { method: 'DELETE' })).status).toBe(204)
    expect(await isSuppressed('anna@passages.example')).toBe(false)
    expect((await api(pathOf('anna@passages.example'), { method: 'DELETE' })).status).toBe(404)
    expect(
      await rows(
        "SELECT action, actor FROM audit WHERE account_id = ? AND action LIKE 'suppression%' ORDER BY id",
        merchant.accountId,
      ),
    ).toEqual([
      { action: 'suppression_added', actor: api.id },
      { action: 'suppression_released', actor: api.id },
    ])
  })

  it.each(['complaint', 'unsubscribed'])('for %s is released only by who names the reason', async (reason) => {
    const address = `${reason}@passages.example`
    expect((await api('/suppressions', { json: { address, reason } })).json.reason).toBe(reason)
    const refused = await api(pathOf(address), { method: 'DELETE' })
    expect([refused.status, refused.json.code]).toEqual([409, 'release_reason_missing'])
    expect(refused.json.detail).toMatch(/asked for e-mails again/)
    const wrong = await api(`${pathOf(address)}?reason=manual`, { method: 'DELETE' })
    expect([wrong.status, wrong.json.code]).toEqual([409, 'released_already'])
    expect(await isSuppressed(address)).toBe(true)
    expect((await api(`${pathOf(address)}?reason=${reason}`, { method: 'DELETE' })).status).toBe(204)
    expect(await isSuppressed(address)).toBe(false)
  })

  it('is refused for what is no address, a reason of Facteur’s own and one that is there', async () => {
    const wrong = await api('/suppressions', { json: { address: 'no address' } })
    expect(wrong.json.errors).toMatchObject([{ pointer: '/address', code: 'email_space' }])
    const reason = await api('/suppressions', { json: { address: 'a@b.example', reason: 'repeated_failures' } })
    expect(reason.json.errors).toMatchObject([{ pointer: '/reason' }])
    expect(await isSuppressed('a@b.example')).toBe(false)
    await api('/suppressions', { json: { address: 'twice@passages.example' } })
    const twice = await api('/suppressions', { json: { address: 'twice@passages.example', reason: 'complaint' } })
    expect([twice.status, twice.json.code]).toEqual([409, 'suppressed_already'])
    expect((await api('/suppressions?address=twice@passages.example')).json.data[0].reason).toBe('manual')
  })

  it('is made once by a repeated request, also after a crash', async () => {
    const once = { json: { address: 'once@passages.example' }, headers: { 'idempotency-key': 'suppress' } }
    const first = await api('/suppressions', once)
    expect((await api('/suppressions', once)).text).toBe(first.text)
    // As if the isolate had died after the commit.
    await env.DB.prepare('UPDATE idempotency_keys SET status = NULL, leased_until = 1').run()
    const repeated = await api('/suppressions', once)
    expect([repeated.status, repeated.json]).toEqual([201, first.json])
  })

  it('takes the scope of each method', async () => {
    const reader = await apiFor(merchant, { scopes: ['read'] })
    const writer = await apiFor(merchant, { scopes: ['write'] })
    expect((await reader('/suppressions', { json: { address: 'x@y.example' } })).status).toBe(403)
    expect((await reader(pathOf('once@passages.example'), { method: 'DELETE' })).status).toBe(403)
    expect((await writer('/suppressions')).status).toBe(403)
  })
})

describe('the list of suppressions', () => {
  it('comes in pages, latest first, with addresses as long as they get', async () => {
    const shop = await apiFor(await signUp())
    const long = `${'a'.repeat(64)}@${`${'b'.repeat(59)}.`.repeat(3)}example`
    const addresses = ['one@passages.example', long, 'three@passages.example']
    for (const address of addresses) expect((await shop('/suppressions', { json: { address } })).status).toBe(201)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { json } = await shop(`/suppressions?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      seen.push(...json.data.map(({ address }: { address: string }) => address))
      if (json.next_cursor === null) break
      cursor = json.next_cursor
    }
    expect(seen.toSorted()).toEqual(addresses.toSorted())
    expect((await shop('/suppressions?cursor=elsewhere')).status).toBe(422)
  })
})

describe('suppressions of others', () => {
  it('of another account are not found', async () => {
    await api('/suppressions', { json: { address: 'mine@passages.example' } })
    const thief = await apiFor(await signUp())
    expect((await thief('/suppressions')).json.data).toEqual([])
    expect((await thief('/suppressions?address=mine@passages.example')).json.data).toEqual([])
    expect((await thief(pathOf('mine@passages.example'), { method: 'DELETE' })).status).toBe(404)
    expect(await isSuppressed('mine@passages.example')).toBe(true)
  })

  it('are neither seen nor changed by a test key', async () => {
    await api('/suppressions', { json: { address: 'live@passages.example' } })
    const tester = await apiFor(merchant, { test: true })
    expect((await tester('/suppressions')).json.data).toEqual([])
    expect((await tester('/suppressions?address=live@passages.example')).json.data).toEqual([])
    expect((await tester(pathOf('live@passages.example'), { method: 'DELETE' })).status).toBe(404)
    const added = await tester('/suppressions', { json: { address: 'new@passages.example' } })
    expect([added.status, added.json.code]).toEqual([409, 'live_key_needed'])
    expect([await isSuppressed('live@passages.example'), await isSuppressed('new@passages.example')]).toEqual([
      true,
      false,
    ])
    expect(await row('SELECT count(*) AS n FROM suppressions WHERE created_by = ?', tester.id)).toEqual({ n: 0 })
  })
})
