import { env } from 'cloudflare:test'
import { Webhook } from 'standardwebhooks'
import { beforeAll, describe, expect, it } from 'vitest'
import { sendDueWebhooks } from '../../src/commands/webhooks/send-due-webhooks'
import { routes } from '../../src/routes'
import { type FormFields, type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { rowsOf } from '../support/database-rows'
import { testDeps } from '../support/deps'
import { receiver } from '../support/receiver'
import { tick } from '../support/worker'

beforeAll(freshStorage)

const secretIn = (page: string): string => /id="secret" value="(whsec_[^"]+)"/.exec(page)?.[1] ?? ''

/** Adds an endpoint on the page, and returns its id and the secret that the page shows. */
async function addEndpoint(merchant: Merchant, url: string, fields: FormFields = {}) {
  const made = await merchant.fillIn(routes.webhookSettings, { url, description: 'Online shop', ...fields })
  const secret = secretIn(await made.text())
  expect(secret).toMatch(/^whsec_/)
  const found = await row<{ id: string }>('SELECT id FROM webhook_endpoints WHERE url = ?', url)
  return { id: found.id, secret }
}

const pageOf = async (merchant: Merchant, id: string, query = '') =>
  textOf(await merchant.get(routes.webhook(id) + query))

const followed = async (merchant: Merchant, posted: Promise<Response>) => textOf(await merchant.follow(await posted))

/** Posts what is due at a time of its own. */
const postAt = (at: number) => sendDueWebhooks({ ...testDeps(), now: () => at, random: () => 0 })

/** Makes the sign-in of a merchant no longer fresh. */
const makeStale = ({ userId }: Merchant) =>
  env.DB.prepare('UPDATE sessions SET created_at = ? WHERE user_id = ?')
    .bind(Date.now() - 10 * 60_000, userId)
    .run()

describe('the page of webhooks', () => {
  it('says what to do first, and shows the secret of a new endpoint once', async () => {
    const merchant = await signUp()
    const empty = await textOf(await merchant.get(routes.webhookSettings))
    expect(empty).toContain('No program gets events yet. Enter the address of one below')
    const { url } = receiver()
    const { id, secret } = await addEndpoint(merchant, url)
    const list = await merchant.get(routes.webhookSettings)
    expect(await textOf(list.clone())).toContain(`${url} Works`)
    const page = await merchant.get(routes.webhook(id))
    for (const shown of [list, page]) expect(await shown.text()).not.toContain(secret)
    expect(await textOf(await merchant.get(routes.settings))).toContain('Events for your own programs')
    expect(await textOf(await merchant.get(routes.auditList))).toContain(`added the webhook ${url}`)
  })

  it('makes one endpoint of a form that is sent twice', async () => {
    const merchant = await signUp()
    const form = await merchant.get(routes.webhookSettings)
    const id = /name="id" value="(whe_\w+)"/.exec(await form.text())?.[1] ?? ''
    const wanted = { id, url: 'http://localhost/once', mode: 'live', 'document.paid': 'on' }
    const first = await (await merchant.post(routes.webhookSettings, wanted)).text()
    const again = await (await merchant.post(routes.webhookSettings, wanted)).text()
    expect(secretIn(again)).toBe(secretIn(first))
    expect(await rows('SELECT 1 FROM webhook_endpoints WHERE account_id = ?', merchant.accountId)).toHaveLength(1)
  })

  it('refuses a bad address and no events beside their fields, and keeps what was typed', async () => {
    const merchant = await signUp()
    const fields = { url: 'ftp://shop.example', description: 'Kept text', mode: 'test' }
    const refused = await merchant.post(routes.webhookSettings, fields)
    expect(refused.status).toBe(422)
    const html = await refused.clone().text()
    expect(html).toMatch(/id="f-url-error".*This is not a web address\./s)
    expect(html).toMatch(/id="f-events-error".*Choose at least one event\./s)
    expect(html).toContain('value="ftp://shop.example"')
    expect(html).toContain('value="Kept text"')
    expect(html).toMatch(/<option value="test" selected/)
    expect(await rows('SELECT 1 FROM webhook_endpoints WHERE account_id = ?', merchant.accountId)).toEqual([])
  })

  it('is for admins alone', async () => {
    const owner = await signUp()
    const { id } = await addEndpoint(owner, receiver().url)
    for (const role of ['viewer', 'member'] as const) {
      const person = await signUp({ accountId: owner.accountId, role })
      expect((await person.get(routes.webhookSettings)).status).toBe(403)
      expect((await person.get(routes.webhook(id))).status).toBe(403)
      expect((await person.post(routes.webhookTests(id))).status).toBe(403)
      expect(await textOf(await person.get(routes.settings))).not.toContain('Webhooks')
    }
    const admin = await signUp({ accountId: owner.accountId, role: 'admin' })
    expect((await admin.get(routes.webhook(id))).status).toBe(200)
  })
})

describe('the page of an endpoint', () => {
  it('sends a test event with the next tick, and shows the answer', async () => {
    const merchant = await signUp()
    const program = receiver()
    await program.answer({ statuses: [200], body: 'thank you' })
    const { id, secret } = await addEndpoint(merchant, program.url)
    const queued = await followed(merchant, merchant.post(routes.webhookTests(id)))
    expect(queued).toContain('The test event is sent within a minute.')
    expect(queued).toContain('Waiting test')
    await tick()
    const [call] = await program.calls()
    const event = new Webhook(secret).verify(call?.body ?? '', call?.headers ?? {})
    expect(event).toMatchObject({ type: 'test', mode: 'live' })
    const text = await pageOf(merchant, id)
    expect(text).toContain('Accepted test')
    expect(text).toContain('1 attempt · status 200')
    expect(text).toContain('thank you')
  })

  it('shows since when it fails and when it is tried again, and sends an event again', async () => {
    const merchant = await signUp()
    const program = receiver()
    await program.answer({ statuses: [500, 200], body: '<b>broken</b>' })
    const { id } = await addEndpoint(merchant, program.url)
    await merchant.post(routes.webhookTests(id))
    await tick()
    const failing = await pageOf(merchant, id)
    expect(failing).toContain('Failing since')
    expect(failing).toMatch(/1 attempt · status 500 · next attempt: /)
    expect(failing).toContain('<b>broken</b>')
    const event = await row<{ event_id: string }>('SELECT event_id FROM webhook_calls WHERE endpoint_id = ?', id)
    const repeated = await followed(merchant, merchant.post(routes.webhookRepeats(id, event.event_id)))
    expect(repeated).toContain('The event is sent again within a minute.')
    await tick()
    const ids = (await program.calls()).map(({ headers }) => headers['webhook-id'])
    expect(ids).toEqual([event.event_id, event.event_id])
    const text = await pageOf(merchant, id)
    expect(text).toContain('Accepted test')
    expect(text).toContain('2 attempts · status 200')
    expect(text).toContain(`${program.url} Works`)
  })

  it('switches the endpoint off and on, and says why it gets nothing', async () => {
    const merchant = await signUp()
    const program = receiver()
    const { id } = await addEndpoint(merchant, program.url)
    await merchant.post(routes.webhookTests(id))
    const off = await followed(merchant, merchant.post(routes.webhookActivation(id), { enabled: '' }))
    expect(off).toContain('It was switched off by hand on')
    expect(off).toContain('Stopped test')
    expect(off).not.toContain('Send again')
    await tick()
    expect(await program.calls()).toEqual([])
    const refused = await followed(merchant, merchant.post(routes.webhookTests(id)))
    expect(refused).toContain('The endpoint is switched off. Switch it on first.')
    const on = await followed(merchant, merchant.post(routes.webhookActivation(id), { enabled: 'on' }))
    expect(on).toContain(`${program.url} Works`)
    expect(on).toContain('Send again')
    await program.answer({ statuses: [410] })
    await merchant.post(routes.webhookTests(id))
    await tick()
    expect(await pageOf(merchant, id)).toContain('It answered that it no longer exists (status 410)')
  })

  it('changes address, description and events, and refuses what is wrong', async () => {
    const merchant = await signUp()
    const [before, after] = [receiver(), receiver()]
    const { id } = await addEndpoint(merchant, before.url)
    const refused = await merchant.fillIn(routes.webhook(id), { url: 'nonsense' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toMatch(/id="f-url-error".*This is not a web address\./s)
    const fields = { url: after.url, description: 'Till', 'document.viewed': 'on' }
    expect(await followed(merchant, merchant.post(routes.webhook(id), fields))).toContain(`${after.url} Works`)
    const { url, description, events } = await row<Record<string, string>>(
      'SELECT * FROM webhook_endpoints WHERE id = ?',
      id,
    )
    expect([url, description, events]).toEqual([after.url, 'Till', '["document.viewed"]'])
  })

  it('makes a new secret once although the form is sent twice, and the old one goes on for a day', async () => {
    const merchant = await signUp()
    const program = receiver()
    const { id, secret } = await addEndpoint(merchant, program.url)
    const path = routes.webhookSecrets(id)
    const [first, again] = await Promise.all([merchant.post(path, { seen: '' }), merchant.post(path, { seen: '' })])
    const made = secretIn(await first.text())
    expect(made).not.toBe(secret)
    expect(secretIn(await again.text())).toBe(made)
    expect(secretIn(await (await merchant.post(path, { seen: '' })).text())).toBe(made)
    expect(await pageOf(merchant, id)).toContain('The previous secret is valid until')
    await merchant.post(routes.webhookTests(id))
    await postAt(Date.now())
    const [call] = await program.calls()
    for (const valid of [secret, made])
      expect(() => new Webhook(valid).verify(call?.body ?? '', call?.headers ?? {})).not.toThrow()
  })

  it('asks for a fresh sign-in before a new endpoint, a new secret and another address', async () => {
    const merchant = await signUp()
    const { id } = await addEndpoint(merchant, receiver().url)
    await makeStale(merchant)
    const before = await rowsOf(merchant.accountId)
    const fields = { url: 'http://localhost/mine', mode: 'live', 'document.paid': 'on' }
    const answers = [
      await merchant.post(routes.webhookSettings, fields),
      await merchant.post(routes.webhook(id), fields),
      await merchant.post(routes.webhookSecrets(id)),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(422)
      expect(await textOf(answer)).toContain('Confirm that it is you')
    }
    expect(await rowsOf(merchant.accountId)).toEqual(before)
    expect((await merchant.fillIn(routes.webhook(id), { description: 'Till' })).status).toBe(303)
  })

  it('lists fifty events a page, and removes the endpoint with them', async () => {
    const merchant = await signUp()
    const { id } = await addEndpoint(merchant, receiver().url)
    for (let n = 0; n < 52; n++) await merchant.post(routes.webhookTests(id))
    const page = await merchant.get(routes.webhook(id))
    const html = await page.text()
    expect(html.match(/<code class="break-all">test</g)).toHaveLength(50)
    const next = /\?before=\w+/.exec(html)?.[0] ?? ''
    const older = await (await merchant.get(routes.webhook(id) + next)).text()
    expect(older.match(/<code class="break-all">test</g)).toHaveLength(2)
    const gone = await followed(merchant, merchant.post(routes.webhookRemoval(id)))
    expect(gone).toContain('The endpoint is removed.')
    expect((await merchant.get(routes.webhook(id))).status).toBe(404)
    expect(await rows('SELECT 1 FROM webhook_calls WHERE endpoint_id = ?', id)).toEqual([])
  })

  it('of another account is not found, and nothing of it changes', async () => {
    const merchant = await signUp()
    const { id } = await addEndpoint(merchant, receiver().url)
    await merchant.post(routes.webhookTests(id))
    const event = await row<{ event_id: string }>('SELECT event_id FROM webhook_calls WHERE endpoint_id = ?', id)
    const before = await rowsOf(merchant.accountId)
    const other = await signUp()
    const fields = { url: 'http://localhost/mine', 'document.paid': 'on' }
    const answers = [
      await other.get(routes.webhook(id)),
      await other.post(routes.webhook(id), fields),
      await other.post(routes.webhookActivation(id), { enabled: '' }),
      await other.post(routes.webhookSecrets(id)),
      await other.post(routes.webhookTests(id)),
      await other.post(routes.webhookRepeats(id, event.event_id)),
      await other.post(routes.webhookRemoval(id)),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect(await rowsOf(merchant.accountId)).toEqual(before)
  })
})
