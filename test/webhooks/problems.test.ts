/** What programs are answered when a call to a webhook fails: problem details (RFC 9457), never a page. */
import { env } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import worker from '../../src/index'
import { routes } from '../../src/routes'
import { signUp } from '../support/client'
import { freshStorage } from '../support/database'
import { callHook, HOOK_SECRETS, hookOf, insertHooked, signedCall } from '../support/hooks'
import { call } from '../support/webhook-calls'
import { resendEvent } from '../support/webhook-payloads'

const CONNECTION = 'mcn_problems'
const LARGE = 'x'.repeat(1024 * 1024 + 1)

beforeAll(async () => {
  await freshStorage()
  const { accountId } = await signUp()
  await insertHooked(accountId, CONNECTION, 'resend', HOOK_SECRETS.resend)
})

const ask = (path: string, init: RequestInit = {}) =>
  exports.default.fetch(`http://facteur.test${path}`, { method: 'POST', body: '{}', ...init })

async function expectProblem(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ type: 'about:blank', status, title: expect.stringMatching(/\w/) })
}

describe('a call to a webhook that fails', () => {
  it('is a problem when the body is too large', async () => {
    await expectProblem(await ask(routes.providerWebhook('resend', hookOf(CONNECTION)), { body: LARGE }), 413)
    await expectProblem(await ask(routes.stripeWebhook('nobody'), { body: LARGE }), 413)
  })

  it('is a problem at an address that does not exist, whoever asks', async () => {
    await expectProblem(await ask(routes.providerWebhook('resend', 'nobody')), 404)
    await expectProblem(await ask(routes.stripeWebhook('nobody')), 404)
    await expectProblem(await ask(routes.inboundMail('nobody')), 404)
    await expectProblem(await ask('/webhooks/nothing'), 404)
    const headers = { cookie: 'a=b', 'sec-fetch-site': 'cross-site' }
    await expectProblem(await ask('/webhooks/one/two/three', { headers }), 404)
  })

  it('is a problem when it has another method, and names the right one', async () => {
    for (const path of [
      routes.providerWebhook('resend', hookOf(CONNECTION)),
      routes.stripeWebhook('nobody'),
      routes.inboundMail('nobody'),
    ]) {
      const response = await exports.default.fetch(`http://facteur.test${path}`)
      expect(response.headers.get('allow')).toBe('POST')
      await expectProblem(response, 405)
    }
  })

  it('is a problem when it is forged or can’t be read', async () => {
    await expectProblem(await callHook('resend', hookOf(CONNECTION), call('{}')), 401)
    await expectProblem(await callHook('resend', hookOf(CONNECTION), await signedCall('resend', 'no event')), 400)
  })

  it('is a problem when nothing can be recorded for now', async () => {
    const { headers, body } = await signedCall('resend', resendEvent('email.delivered'))
    const path = routes.providerWebhook('resend', hookOf(CONNECTION))
    const request = () => new Request(`http://facteur.test${path}`, { method: 'POST', body, headers })
    const busy = { ...env, EVENT_QUEUE: { sendBatch: () => Promise.reject(new Error('busy')) } }
    await expectProblem(await worker.fetch(request() as never, busy as never, {} as never), 503)
    const misconfigured = { ...env, AUTH_SECRET: 'too short' }
    await expectProblem(await worker.fetch(request() as never, misconfigured as never, {} as never), 503)
  })

  it('stays a page for people, and JSON where it went well', async () => {
    const page = await exports.default.fetch('http://facteur.test/nothing')
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
    const accepted = await callHook(
      'resend',
      hookOf(CONNECTION),
      await signedCall('resend', resendEvent('email.opened')),
    )
    expect([accepted.status, await accepted.json()]).toEqual([200, { received: true }])
  })
})
