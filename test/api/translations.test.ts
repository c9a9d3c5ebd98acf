import { beforeAll, describe, expect, it } from 'vitest'
import { TEXT_KINDS } from '../../src/domain/translation'
import { type Api, apiFor } from '../support/api'
import { type Belongings, belongingsOf } from '../support/belongings'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { rowsOf } from '../support/database-rows'

beforeAll(freshStorage)

let merchant: Merchant
let api: Api
let its: Belongings

beforeAll(async () => {
  merchant = await signUp()
  api = await apiFor(merchant)
  its = await belongingsOf(merchant)
})

const TEXT = { subject: 'Rechnung {{ document.number }}', body: 'Guten Tag {{ contact.name }}' }
const put = (path: string, json: object, from = api) => from(path, { method: 'PUT', json })

describe('a translation', () => {
  it('is the built-in one until it is changed, and again once it is deleted', async () => {
    const path = '/translations/de/invoice'
    const builtIn = (await api(path)).json
    expect(builtIn).toMatchObject({ language: 'de', kind: 'invoice', source: 'built_in', text_language: 'de' })
    const own = { language: 'de', kind: 'invoice', source: 'own', text_language: 'de', ...TEXT }
    const changed = await put(path, { ...TEXT, subject: ` ${TEXT.subject} ` })
    expect([changed.status, changed.json]).toEqual([200, own])
    expect((await put(path, TEXT)).json).toEqual(own)
    expect((await api('/translations?language=de&kind=invoice')).json.data).toEqual([own])
    for (const _ of [1, 2]) expect((await api(path, { method: 'DELETE' })).status).toBe(204)
    expect((await api(path)).json).toEqual(builtIn)
    await put(path, TEXT)
    await put(path, { subject: builtIn.subject, body: builtIn.body })
    expect((await api(path)).json.source).toBe('built_in')
    const actors = await rows<{ actor: string }>(
      "SELECT DISTINCT actor FROM audit WHERE account_id = ? AND action LIKE 'translation_%'",
      merchant.accountId,
    )
    expect(actors).toEqual([{ actor: api.id }])
  })

  it('in a language of one’s own is replaced by that of another once it is deleted', async () => {
    const path = `/translations/${its.language}/receipt`
    expect((await api(path)).json.source).toBe('own')
    expect((await api(path, { method: 'DELETE' })).status).toBe(204)
    const text = (await api(path)).json
    expect(text.source).toBe('other_language')
    expect(text.text_language).not.toBe(its.language)
  })

  it('names all that is wrong with its text, by line and column, and is not stored', async () => {
    const text = { subject: 'Nr. {{ document.nmuber }}', body: 'Guten Tag\n\n{{ contact.name | shout }}' }
    const answer = await put('/translations/de/invoice', text)
    expect(answer.status).toBe(422)
    expect(answer.json.errors).toEqual([
      expect.objectContaining({ pointer: '/subject', code: 'text_unknown_variable', line: 1, column: 8 }),
      expect.objectContaining({ pointer: '/body', code: 'text_unknown_filter', line: 3 }),
    ])
    expect(answer.json.errors[1].detail).toMatch(/^Line 3, column \d+: /)
    expect((await put('/translations/de/invoice', { subject: 'Only this' })).json.errors).toMatchObject([
      { pointer: '/body', code: 'missing' },
    ])
    expect((await api('/translations/de/invoice')).json.source).toBe('built_in')
  })

  it.each(['/translations/pl/invoice', '/translations/de/letter'])('%s is not found', async (path) => {
    const answers = [await api(path), await put(path, TEXT), await api(path, { method: 'DELETE' })]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  })

  it('is changed by live keys with the scope for it, and read by test keys', async () => {
    const path = '/translations/fr/invoice'
    const [tester, reader] = [await apiFor(merchant, { test: true }), await apiFor(merchant, { scopes: ['read'] })]
    expect((await put(path, TEXT, reader)).status).toBe(403)
    for (const answer of [await put(path, TEXT, tester), await tester(path, { method: 'DELETE' })])
      expect([answer.status, answer.json.code]).toEqual([409, 'live_key_needed'])
    expect((await tester(path)).json.source).toBe('built_in')
  })

  it('of another account is not found, listed or changed', async () => {
    const thief = await apiFor(await signUp())
    const before = await rowsOf(merchant.accountId)
    const path = `/translations/${its.language}/invoice`
    const answers = [await thief(path), await put(path, TEXT, thief), await thief(path, { method: 'DELETE' })]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect((await thief('/translations')).text).not.toContain(its.language)
    expect((await put('/translations/de/invoice', TEXT, thief)).status).toBe(200)
    expect(await rowsOf(merchant.accountId)).toEqual(before)
  })
})

describe('the list of translations', () => {
  it('has every kind in every language', async () => {
    const { data } = (await api('/translations')).json
    const { languages } = (await api('/account')).json
    expect(languages).toContain(its.language)
    expect(data.map((one: { language: string; kind: string }) => `${one.language} ${one.kind}`)).toEqual(
      languages.flatMap((language: string) => TEXT_KINDS.map((kind) => `${language} ${kind}`)),
    )
  })
})

describe('a preview', () => {
  const preview = (json: object, from = api) => from('/translations/preview', { json })
  const text = { language: 'en', kind: 'invoice', subject: 'For {{ contact.name }}', body: 'Dear **friend**' }

  it('shows the mail of a text on a document or a made-up one, and changes nothing', async () => {
    const before = await rowsOf(merchant.accountId)
    const madeUp = await preview(text)
    expect(madeUp.status, madeUp.text).toBe(200)
    expect(madeUp.text).not.toContain(its.secret)
    const { json } = await preview({ ...text, document_id: its.draftId })
    expect(json.subject).toBe(`For ${its.secret}`)
    expect(json.html).toMatch(/<strong[^>]*>friend<\/strong>/)
    expect(json.text).toContain('friend')
    expect(await rowsOf(merchant.accountId)).toEqual(before)
  })

  it.each(TEXT_KINDS)('of the text of %s shows nothing of the account without a document', async (kind) => {
    const { subject, body } = (await api(`/translations/en/${kind}`)).json
    const answer = await preview({ language: 'en', kind, subject, body })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.html).toContain('</html>')
    expect(answer.text).not.toContain(its.secret)
  })

  it('names what is wrong', async () => {
    const answer = await preview({ ...text, body: '{{ nothing }}' })
    expect(answer.json.errors).toMatchObject([{ pointer: '/body', code: 'text_unknown_variable', line: 1 }])
    expect((await preview({ ...text, kind: 'letter' })).json.errors).toMatchObject([{ pointer: '/kind' }])
    expect((await preview({ ...text, language: 'pl' })).status).toBe(404)
  })

  it('finds no document of another account or of the other mode', async () => {
    const thief = await apiFor(await signUp())
    const tester = await apiFor(merchant, { test: true })
    for (const from of [thief, tester]) {
      const answer = await preview({ ...text, document_id: its.draftId }, from)
      expect(answer.status).toBe(404)
      expect(answer.text).not.toContain(its.secret)
    }
  })
})
