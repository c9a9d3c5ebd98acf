import { createExecutionContext, env } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/app'
import { apiFor, callApi } from '../support/api'
import { signUp } from '../support/client'
import { freshStorage, row } from '../support/database'
import { invoiceFor } from '../support/sendable'

beforeAll(freshStorage)

describe('a request', () => {
  it('without a key is refused with a problem', async () => {
    const answer = await callApi('', '/account')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Facteur"')
    expect(answer.json).toEqual({
      type: 'http://facteur.test/docs/errors#key_missing',
      title: 'The request has no API key.',
      ...{ status: 401, code: 'key_missing' },
      request_id: answer.headers.get('request-id'),
    })
  })

  it.each(['fk_live_1234567890123456789012', 'fk_live_short', 'x'.repeat(5000)])(
    'with a key that does not exist is refused: %.30s',
    async (key) => {
      const answer = await callApi(key, '/account')
      expect(answer.status).toBe(401)
      expect(answer.json.code).toBe('key_unknown')
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
    },
  )

  it('with a session instead of a key is refused', async () => {
    const merchant = await signUp()
    expect((await merchant.get('/api/v1/account')).status).toBe(401)
  })

  it('reaches the account of its key, and says what the key may do', async () => {
    const merchant = await signUp()
    const api = await apiFor(merchant, { scopes: ['read'], test: true })
    const answer = await api('/account')
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      id: merchant.accountId,
      name: 'Atelier Dupré',
      ...{ currency: 'EUR', language: 'fr', time_zone: 'Europe/Paris', mode: 'test' },
      languages: ['en', 'fr', 'de', 'it', 'es'],
      quota: { limit: 200, used: 0, left: 200, resets_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
      ...{ resting: null, closing_at: null },
      reply_address: { address: 'bonjour@atelier-dupre.example', confirmed: true },
      key: { id: api.id, name: 'Online shop', scopes: ['read'] },
    })
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  it('learns what keeps its mails back', async () => {
    const merchant = await signUp()
    const api = await apiFor(merchant)
    await api(`/documents/${await invoiceFor(merchant)}/sends`, { json: {} })
    await env.DB.prepare(
      "UPDATE accounts SET daily_quota = 1, resting_at = 0, resting_reason = 'bounces', confirmed_reply_email = '', closing_at = 1000 WHERE id = ?",
    )
      .bind(merchant.accountId)
      .run()
    expect((await api('/account')).json).toMatchObject({
      quota: { limit: 1, used: 1, left: 0 },
      resting: { since: '1970-01-01T00:00:00.000Z', reason: 'bounces' },
      closing_at: '1970-01-01T00:00:01.000Z',
      reply_address: { confirmed: false },
    })
  })

  it('that takes another scope is refused, and is told which', async () => {
    const api = await apiFor(await signUp(), { scopes: ['send'] })
    const answer = await api('/account')
    expect(answer.status).toBe(403)
    expect(answer.json).toMatchObject({ code: 'scope_missing', detail: 'It takes the scope read.' })
    expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="read"')
  })

  it('to what does not exist is answered 404, with another method 405', async () => {
    const api = await apiFor(await signUp())
    const missing = await api('/nothing')
    expect([missing.status, missing.json.code]).toEqual([404, 'not_found'])
    const wrong = await api('/account', { method: 'DELETE' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET'])
  })

  it('with too large a body is refused', async () => {
    const api = await apiFor(await signUp())
    const answer = await api('/account', { body: 'x'.repeat(1024 * 1024 + 1) })
    expect([answer.status, answer.json.code]).toEqual([413, 'body_too_large'])
  })

  it('from another site needs no origin, and is not answered to scripts there', async () => {
    const api = await apiFor(await signUp())
    const answer = await api('/account', { headers: { origin: 'https://elsewhere.example' } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('calls of a key', () => {
  const withLimit = async (key: string, limit: RateLimit['limit']) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const request = new Request('http://facteur.test/api/v1/account', { headers: { authorization: `Bearer ${key}` } })
    const response = await app.fetch(request, { ...env, API_LIMIT: { limit } }, createExecutionContext())
    log.mockRestore()
    return response
  }

  it('are counted, and the response says how many are left', async () => {
    const api = await apiFor(await signUp())
    const left = async () => Number(/r=(\d+)/.exec((await api('/account')).headers.get('ratelimit') ?? '')?.[1])
    const [first, second] = [await left(), await left()]
    expect(first).toBe(599)
    // A minute may end between the two.
    expect([598, 599]).toContain(second)
    expect((await api('/account')).headers.get('ratelimit-policy')).toBe('"key";q=600;w=60')
  })

  it.each([
    ['beyond the limit', () => Promise.resolve({ success: false })],
    ['while the limiter does not respond', () => Promise.reject(new Error('no answer'))],
  ])('%s are refused, and are told when to come again', async (_, limit) => {
    const { key, id } = await apiFor(await signUp())
    const response = await withLimit(key, limit)
    expect(response.status).toBe(429)
    expect(response.headers.get('ratelimit')).toContain('r=0')
    const seconds = Number(response.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await row('SELECT 1 AS found FROM api_keys WHERE id = ?', id)).toEqual({ found: 1 })
  })

  it('are counted for this key alone', async () => {
    const limited: string[] = []
    const { key, id } = await apiFor(await signUp())
    await withLimit(key, ({ key: counted }) => {
      limited.push(counted)
      return Promise.resolve({ success: true })
    })
    expect(limited).toEqual([id])
  })
})
