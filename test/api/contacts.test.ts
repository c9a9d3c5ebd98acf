import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Api, apiFor } from '../support/api'
import { belongingsOf } from '../support/belongings'
import { signUp } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { rowsOf } from '../support/database-rows'

beforeAll(freshStorage)

const ANNA = {
  kind: 'person',
  name: 'Anna Krüger',
  emails: ['anna@krueger.example', 'office@krueger.example'],
  address: { lines: ['Hauptstraße 5'], postcode: '10115', town: 'Berlin', country: 'DE' },
  language: 'de',
  currency: 'EUR',
  external_id: 'customer-7',
  metadata: { shop: 'north' },
}

const create = async (api: Api, contact: object = ANNA) => {
  const answer = await api('/contacts', { json: contact })
  expect(answer.status, answer.text).toBe(201)
  return answer.json
}

const pointersOf = (answer: { json: { errors: { pointer: string }[] } }) =>
  answer.json.errors.map(({ pointer }) => pointer).sort()

describe('a contact', () => {
  it('is created, read, changed and deleted', async () => {
    const api = await apiFor(await signUp())
    const answer = await api('/contacts', { json: ANNA })
    expect(answer.status).toBe(201)
    const { id } = answer.json
    expect(answer.headers.get('location')).toBe(`/api/v1/contacts/${id}`)
    expect(answer.json).toMatchObject({ ...ANNA, address: { ...ANNA.address, region: '' }, archived: false })
    expect(answer.json.created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)

    const changes = {
      address: { town: 'Potsdam' },
      notes: 'Pays late',
      language: null,
      metadata: { shop: null, tier: 'gold' },
    }
    const changed = await api(`/contacts/${id}`, { method: 'PATCH', json: changes })
    expect(changed.json).toMatchObject({
      name: 'Anna Krüger',
      ...{ notes: 'Pays late', language: '', metadata: { tier: 'gold' }, emails: ANNA.emails },
      address: { ...ANNA.address, region: '', town: 'Potsdam' },
    })
    expect((await api(`/contacts/${id}`)).json).toEqual(changed.json)

    const gone = await api(`/contacts/${id}`, { method: 'DELETE' })
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect((await api(`/contacts/${id}`)).status).toBe(404)
  })

  it('names everything that is wrong at once, and stores nothing', async () => {
    const merchant = await signUp()
    const api = await apiFor(merchant)
    const contact = { name: ' ', emails: ['a@b.example', 'no address'], address: { country: 'XX' }, currency: 'EURO' }
    const answer = await api('/contacts', { json: contact })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(pointersOf(answer)).toEqual(['/address/country', '/currency', '/emails/1', '/name'])
    expect(answer.json.errors).toContainEqual({
      pointer: '/address/country',
      code: 'country_unknown',
      detail: expect.stringMatching(/\w/),
    })
    expect(await rows('SELECT 1 FROM contacts WHERE account_id = ?', merchant.accountId)).toEqual([])
  })

  it('refuses unknown fields by name, missing ones and wrong types', async () => {
    const api = await apiFor(await signUp())
    const answer = await api('/contacts', { json: { nmae: 'Anna', emails: 'a@b.example', address: { 'a/b': '' } } })
    expect(answer.status).toBe(422)
    expect(answer.json.errors).toEqual(
      expect.arrayContaining([
        { pointer: '/nmae', code: 'unknown_field', detail: 'Unknown field.' },
        { pointer: '/address/a~1b', code: 'unknown_field', detail: 'Unknown field.' },
        { pointer: '/name', code: 'missing', detail: 'This field is required.' },
        expect.objectContaining({ pointer: '/emails' }),
      ]),
    )
  })

  it.each([
    ['that is no JSON', { body: '{"name"', headers: { 'content-type': 'application/json' } }, 400, 'body_malformed'],
    ['of another type', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'media_type_wrong'],
    ['that is a list', { json: [] }, 422, 'invalid'],
    ['that is null', { json: null }, 422, 'invalid'],
  ])('refuses a body %s', async (_, call, status, code) => {
    const answer = await (await apiFor(await signUp()))('/contacts', { method: 'POST', ...call })
    expect([answer.status, answer.json.code]).toEqual([status, code])
  })

  it('has at most twenty pairs of metadata', async () => {
    const api = await apiFor(await signUp())
    const pairs = (count: number, from = 0) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${from + index}`, 'x']))
    const { id } = await create(api, { name: 'Anna', metadata: pairs(20) })
    const change = await api(`/contacts/${id}`, { method: 'PATCH', json: { metadata: pairs(1, 20) } })
    expect([change.status, pointersOf(change)]).toEqual([422, ['/metadata']])
    const swap = { metadata: { 'key 0': null, ...pairs(1, 20) } }
    expect((await api(`/contacts/${id}`, { method: 'PATCH', json: swap })).status).toBe(200)
  })

  it('has an external id that no other has, and is found by it', async () => {
    const api = await apiFor(await signUp())
    const { id } = await create(api)
    const twin = await api('/contacts', { json: ANNA })
    expect([twin.status, twin.json.code]).toEqual([409, 'external_id_taken'])
    const other = await create(api, { ...ANNA, external_id: 'customer-8' })
    const steal = { method: 'PATCH', json: { external_id: 'customer-7' } } as const
    expect((await api(`/contacts/${other.id}`, steal)).status).toBe(409)
    expect((await api('/contacts?external_id=customer-7')).json.data.map((one: { id: string }) => one.id)).toEqual([id])
    const another = await apiFor(await signUp())
    expect((await another('/contacts', { json: ANNA })).status).toBe(201)
  })

  it('that a document names is not deleted', async () => {
    const merchant = await signUp()
    const its = await belongingsOf(merchant)
    const answer = await (await apiFor(merchant))(`/contacts/${its.contactId}`, { method: 'DELETE' })
    expect([answer.status, answer.json.code]).toEqual([409, 'contact_has_documents'])
  })

  it('of the other mode is not found, not listed and not in the way', async () => {
    const merchant = await signUp()
    const [live, test] = [await apiFor(merchant), await apiFor(merchant, { test: true })]
    const [its, tried] = [await create(live), await create(test)]
    expect([tried.id.startsWith('con_test_'), tried.archived, its.archived]).toEqual([true, true, false])
    for (const [api, own, foreign] of [
      [live, its, tried],
      [test, tried, its],
    ] as const) {
      const ids = (await api('/contacts')).json.data.map((one: { id: string }) => one.id)
      expect(ids).toEqual([own.id])
      const path = `/contacts/${foreign.id}`
      const answers = [
        await api(path),
        await api(path, { method: 'PATCH', json: { name: 'Changed' } }),
        await api(path, { method: 'DELETE' }),
        await api(`${path}/merges`, { json: { source_id: own.id } }),
        await api(`/contacts/${own.id}/merges`, { json: { source_id: foreign.id } }),
      ]
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    }
    expect((await live(`/contacts/${its.id}`)).json).toEqual(its)
  })
})

describe('the list of contacts', () => {
  it('comes in pages, newest first', async () => {
    const api = await apiFor(await signUp())
    const made: string[] = []
    for (const name of ['One', 'Two', 'Three']) made.unshift((await create(api, { name })).id)
    const first = await api('/contacts?limit=2')
    const next = first.json.next_cursor
    expect(first.headers.get('link')).toBe(`<http://facteur.test/api/v1/contacts?limit=2&cursor=${next}>; rel="next"`)
    const second = await api(`/contacts?limit=2&cursor=${next}`)
    expect([...first.json.data, ...second.json.data].map(({ id }) => id)).toEqual(made)
    expect(second.json.next_cursor).toBeNull()
    expect(second.headers.get('link')).toBeNull()
  })

  it('is searched by address and archive', async () => {
    const api = await apiFor(await signUp())
    const { id } = await create(api)
    await create(api, { name: 'Somebody else' })
    const found = await api('/contacts?email=OFFICE%40krueger.example')
    expect(found.json.data.map((one: { id: string }) => one.id)).toEqual([id])
    expect((await api('/contacts?archived=true')).json.data).toEqual([])
  })

  it('refuses parameters that it does not know', async () => {
    const answer = await (await apiFor(await signUp()))('/contacts?limit=0&sort=name')
    expect(answer.status).toBe(422)
    expect(answer.json.errors.map(({ parameter }: { parameter: string }) => parameter).sort()).toEqual([
      'limit',
      'sort',
    ])
  })
})

describe('a merge', () => {
  it('takes what is missing from the other contact, which points to the one that stays', async () => {
    const api = await apiFor(await signUp())
    const kept = await create(api, { name: 'Anna', emails: ['anna@krueger.example'] })
    const other = await create(api)
    const merge = { json: { source_id: other.id } }
    const merged = await api(`/contacts/${kept.id}/merges`, merge)
    expect(merged.status, merged.text).toBe(200)
    expect(merged.json).toMatchObject({ id: kept.id, name: 'Anna', emails: ANNA.emails, external_id: 'customer-7' })
    expect((await api(`/contacts/${other.id}`)).json).toMatchObject({ merged_into: kept.id, archived: true })
    expect((await api(`/contacts/${kept.id}/merges`, merge)).status).toBe(200)
    const self = await api(`/contacts/${kept.id}/merges`, { json: { source_id: kept.id } })
    expect([self.status, self.json.code]).toEqual([409, 'merge_same'])
  })
})

describe('an Idempotency-Key', () => {
  const once = (key: string, contact: object = ANNA) => ({ json: contact, headers: { 'idempotency-key': key } })

  it('makes one contact of two requests, and the same answer', async () => {
    const merchant = await signUp()
    const api = await apiFor(merchant)
    const [first, second] = [await api('/contacts', once('a')), await api('/contacts', once('"a"'))]
    expect(second.text).toBe(first.text)
    expect([second.status, second.headers.get('location')]).toEqual([201, first.headers.get('location')])
    expect([first, second].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect(await rows('SELECT 1 FROM contacts WHERE account_id = ?', merchant.accountId)).toHaveLength(1)
  })

  it('makes one contact of requests at the same moment', async () => {
    const merchant = await signUp()
    const api = await apiFor(merchant)
    const answers = await Promise.all([1, 2, 3, 4].map(() => api('/contacts', once('at once'))))
    const statuses = answers.map(({ status }) => status)
    expect(statuses).toContain(201)
    for (const { status, json, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, json.code]).toEqual([409, 'request_in_progress'])
      expect(headers.get('retry-after')).toBe('5')
    }
    expect(await rows('SELECT 1 FROM contacts WHERE account_id = ?', merchant.accountId)).toHaveLength(1)
  })

  it('is not used for another body, and repeats a refusal', async () => {
    const api = await apiFor(await signUp())
    const refused = await api('/contacts', once('b', { name: '' }))
    expect(refused.status).toBe(422)
    expect((await api('/contacts', once('b', { name: '' }))).text).toBe(refused.text)
    const other = await api('/contacts', once('b'))
    expect([other.status, other.json.code]).toEqual([409, 'idempotency_key_reused'])
  })

  it('belongs to an account and a mode', async () => {
    const merchant = await signUp()
    const answers = [
      await (await apiFor(merchant))('/contacts', once('c', { name: 'Live' })),
      await (await apiFor(merchant, { test: true }))('/contacts', once('c', { name: 'Test' })),
      await (await apiFor(await signUp()))('/contacts', once('c', { name: 'Other' })),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  })

  it.each([
    ['empty', '""'],
    ['too long', 'x'.repeat(256)],
  ])('that is %s is refused', async (_, key) => {
    const answer = await (await apiFor(await signUp()))('/contacts', once(key))
    expect([answer.status, answer.json.code]).toEqual([400, 'idempotency_key_invalid'])
  })

  it('of a request whose isolate died makes the same contact again', async () => {
    const merchant = await signUp()
    const api = await apiFor(merchant)
    const first = await api('/contacts', once('d'))
    const { accountId } = merchant
    // As if the isolate had died after the contact was stored: no response, and the lease has run out.
    await env.DB.prepare('UPDATE idempotency_keys SET status = NULL, leased_until = 1 WHERE account_id = ?')
      .bind(accountId)
      .run()
    const second = await api('/contacts', once('d'))
    expect([second.status, second.json.id]).toEqual([201, first.json.id])
    expect(await rows('SELECT 1 FROM contacts WHERE account_id = ?', accountId)).toHaveLength(1)
  })

  it('is forgotten after a day', async () => {
    const merchant = await signUp()
    const api = await apiFor(merchant)
    await api('/contacts', once('e', { name: 'First' }))
    await env.DB.prepare('UPDATE idempotency_keys SET created_at = created_at - 86400001').run()
    expect((await api('/contacts', once('e', { name: 'Second' }))).status).toBe(201)
  })
})

describe('ids of another account', () => {
  it('are not found, in paths and bodies, and change nothing', async () => {
    const [owner, other] = [await signUp(), await signUp()]
    const its = await belongingsOf(owner)
    const api = await apiFor(other)
    const own = await create(api, { name: 'Mine' })
    const before = await rowsOf(owner.accountId)
    const path = `/contacts/${its.contactId}`
    const answers = [
      await api(path),
      await api(path, { method: 'PATCH', json: { name: 'Stolen' } }),
      await api(path, { method: 'DELETE' }),
      await api(`${path}/merges`, { json: { source_id: own.id } }),
      await api(`/contacts/${own.id}/merges`, { json: { source_id: its.contactId } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect((await api(`/contacts?cursor=${its.contactId}`)).text).not.toContain(its.secret)
    expect(await rowsOf(owner.accountId)).toEqual(before)
  })

  it('takes the scope of each method', async () => {
    const merchant = await signUp()
    const reader = await apiFor(merchant, { scopes: ['read'] })
    const writer = await apiFor(merchant, { scopes: ['write'] })
    expect((await reader('/contacts', { json: ANNA })).status).toBe(403)
    expect((await writer('/contacts')).status).toBe(403)
    expect((await writer('/contacts', { json: ANNA })).status).toBe(201)
  })
})
