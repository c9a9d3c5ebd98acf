import PostalMime from 'postal-mime'
import { beforeEach, describe, expect, inject, it } from 'vitest'
import { routes } from '../../src/routes'
import { type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { leave, mailInvoice } from '../support/mailed'
import type { RecordedRequest, Step } from '../support/provider-server'
import { invoiceFor, send } from '../support/sendable'
import { sink } from '../support/sink'

const provider = {
  answer: (...steps: Step[]) =>
    fetch(`${inject('providerUrl')}/scripts/app`, { method: 'PUT', body: JSON.stringify(steps) }),
  requests: async (): Promise<RecordedRequest[]> =>
    (await fetch(`${inject('providerUrl')}/requests/app`, { method: 'DELETE' })).json(),
}

let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  await sink.clear()
  await provider.answer()
  await provider.requests()
  merchant = await signUp()
})

const RESEND = { from: 'billing@shop.example', apiKey: 're_secret_key', hookSecret: '' }

const save = (fields: Record<string, string> = RESEND, kind = 'resend', place: 'first' | 'second' = 'first') =>
  merchant.post(`${routes.provider(place)}?kind=${kind}`, fields)
const test = (place: 'first' | 'second' = 'first') => merchant.post(routes.providerTests(place))
const page = async () => textOf(await merchant.get(routes.providers))

const delivery = () =>
  row<{ status: string; connection: string; sender_address: string | null; provider_message_id: string }>(
    'SELECT status, connection, sender_address, provider_message_id FROM deliveries',
  )

describe('an account’s own provider', () => {
  it('carries mails from the account’s address once a test mail was accepted', async () => {
    await save()
    expect(await page()).toContain('Not tested yet')
    await test()
    const [trial] = await provider.requests()
    expect(trial?.headers.authorization).toBe('Bearer re_secret_key')
    expect(JSON.parse(trial?.body ?? '')).toMatchObject({ to: [merchant.email], subject: 'Test of your mail provider' })
    expect(await page()).toContain('Working')

    await mailInvoice(merchant)
    const [mail] = await provider.requests()
    expect(JSON.parse(mail?.body ?? '')).toMatchObject({
      from: expect.stringMatching(/^"?[^@]*"? <billing@shop\.example>$/),
      to: ['anna@customer.example'],
    })
    expect(JSON.parse(mail?.body ?? '').from).not.toContain('via Facteur')
    expect(await delivery()).toMatchObject({ status: 'sent', sender_address: 'billing@shop.example' })
    expect(await sink.mails()).toEqual([])
  })

  it('carries none before, and none after a test that failed; the page shows what the provider said', async () => {
    await save()
    await provider.answer({
      status: 403,
      body: JSON.stringify({ name: 'validation_error', message: 'The domain is not verified' }),
    })
    await test()
    const shown = await page()
    expect(shown).toContain('Failing')
    expect(shown).toContain('The domain is not verified')
    expect(shown).not.toContain('re_secret_key')
    await mailInvoice(merchant)
    expect(await delivery()).toMatchObject({ status: 'sent', connection: 'deployment', sender_address: null })
    expect(await sink.mails()).toHaveLength(1)
  })

  it('is tested again after a change of its settings', async () => {
    await save()
    await test()
    await save({ ...RESEND, from: 'other@shop.example', apiKey: '' })
    expect(await page()).toContain('Not tested yet')
    expect(await row('SELECT mail_connection FROM accounts')).toEqual({ mail_connection: null })
  })

  it('can be removed: mails that wait leave over the deployment’s, from its address, with their bytes made anew', async () => {
    await save()
    await test()
    const documentId = await invoiceFor(merchant, { contact: { emails: ['anna@customer.example'] } })
    await send(merchant, documentId)
    await provider.answer({ status: 503, body: '{"message":"busy"}' })
    await leave()
    expect(await delivery()).toMatchObject({ status: 'queued', sender_address: 'billing@shop.example' })
    await merchant.post(routes.providerRemoval('first'))
    await leave()
    expect(await delivery()).toMatchObject({ status: 'sent', connection: 'deployment', sender_address: null })
    const [mail] = await sink.rawMails()
    const read = await PostalMime.parse(mail?.raw ?? '')
    expect(read.from?.address).toBe('notifications@mail.facteur.test')
    const link = /http:\/\/facteur\.test(\/d\/[\w-]+)/.exec(read.text ?? '')?.[1] ?? ''
    expect((await merchant.get(link)).status).toBe(200)
    expect(await row('SELECT secrets FROM provider_connections')).toEqual({ secrets: null })
  })

  it('keeps its key sealed, and names it nowhere', async () => {
    await save()
    const stored = await row<{ secrets: string; settings: string }>(
      'SELECT secrets, settings FROM provider_connections',
    )
    expect(JSON.stringify(stored)).not.toContain('re_secret_key')
    expect(await textOf(await merchant.get(routes.provider('first')))).not.toContain('re_secret_key')
    expect(JSON.stringify(await rows('SELECT * FROM audit'))).not.toContain('re_secret_key')
  })

  it('can’t be a private host, nor on a port that is none of a mail server’s, in a deployment', async () => {
    // The developer's machine of these tests may use any; the rule itself: test/domain/public-host.test.ts.
    const refused = await save({ from: 'no address', apiKey: '' })
    expect(refused.status).toBe(422)
    expect(await textOf(await save({ ...RESEND, apiKey: '' }))).toContain('This field is required')
  })
})

it('files that are too large for a provider give way to the link, and History says so', async () => {
  await save({ from: 'billing@shop.example', apiKey: 'brevo_key', hookSecret: '' }, 'brevo')
  await test()
  await provider.requests()
  const documentId = await invoiceFor(merchant, { contact: { emails: ['anna@customer.example'] } })
  const content = new TextEncoder().encode('name;hours\n'.repeat(400_000))
  const file = new File([content], 'hours.csv', { type: 'text/csv' })
  const attached = await merchant.upload(routes.documentAttachments(documentId), { file })
  expect(attached.status).toBe(303)
  await send(merchant, documentId, { attachPdf: 'on' })
  await leave()
  const [request] = await provider.requests()
  const mail = JSON.parse(request?.body ?? '{}')
  expect(mail.attachment ?? []).toEqual([])
  expect(mail.htmlContent).toContain('http://facteur.test/d/')
  expect(await delivery()).toMatchObject({ status: 'sent' })
  expect(await textOf(await merchant.get(routes.document(documentId)))).toContain(
    'The files were too large for the mail provider, so anna@customer.example got the link instead',
  )
})

describe('a second provider', () => {
  beforeEach(async () => {
    await save()
    await test()
    await save({ ...RESEND, apiKey: 'brevo_key' }, 'brevo', 'second')
    await test('second')
    await provider.requests()
  })

  it('takes over while the first is paused, and gives back when it works again', async () => {
    await provider.answer({ status: 401, body: '{"name":"missing_api_key","message":"no"}' })
    await mailInvoice(merchant)
    const first = await delivery()
    expect(first.status).toBe('queued')
    await provider.requests()
    await leave()
    expect(await delivery()).toMatchObject({ status: 'queued' })
    await leave()
    const [request] = await provider.requests()
    expect(request?.path).toBe('/v3/smtp/email')
    expect(await delivery()).toMatchObject({ status: 'sent' })
    expect(await page()).toContain('Paused until')
  })

  it('never repeats a mail of which nothing is known', async () => {
    await save({ from: 'billing@shop.example', apiKey: 'SG.key', region: 'eu' }, 'sendgrid')
    await test()
    await provider.answer({ cut: 'after' })
    await mailInvoice(merchant)
    expect(await delivery()).toMatchObject({ status: 'unknown' })
    await provider.requests()
    await leave()
    await leave()
    expect(await provider.requests()).toEqual([])
  })
})
