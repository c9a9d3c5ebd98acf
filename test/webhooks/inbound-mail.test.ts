/** Mails to the bounce address, over HTTP and through Email Routing. */
import { env } from 'cloudflare:test'
import PostalMime from 'postal-mime'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { deliveryProvenBy, returnPath } from '../../src/commands/sends/return-path'
import { deliveryReport } from '../../src/dev/delivery-report'
import type { Env } from '../../src/env'
import worker from '../../src/index'
import { routes } from '../../src/routes'
import { type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { hookOf, insertHooked, sentOver } from '../support/hooks'
import { deliverDue } from '../support/mailed'
import { invoiceFor, send } from '../support/sendable'
import { sink } from '../support/sink'
import { DELIVERY } from '../support/webhook-calls'

const TOKEN = 'token_of_the_deployment'
const bindings = { ...env, BOUNCE_DOMAIN: 'bounces.facteur.test', MAIL_HOOK_TOKEN: TOKEN } as unknown as Env

const config = () => testDeps({}, bindings).config
const verp = (id = DELIVERY) => returnPath(config(), id) ?? ''

interface Told {
  to?: string
  recipient?: string
  status?: string
  text?: string
  id?: string
}

/** A report in the format of RFC 3464. */
const report = ({
  to = verp(),
  recipient = 'zoe@example.org',
  status = '5.1.1',
  text = '550 5.1.1 no such user',
  id = '',
}: Told = {}) =>
  deliveryReport({
    ...{ server: 'mx.example.org', to, recipient, action: 'failed', status, text },
    notice: `<${recipient}>: host mx.example.org said: ${text}`,
    returned: ['Subject: Invoice', ...(id ? [`X-Facteur-Delivery: ${id}`] : [])],
  })

const personsMail = (to: string, more: string[] = []) =>
  [
    `From: Zoe <zoe@example.org>`,
    `To: ${to}`,
    'Subject: A question',
    'Message-ID: <1@example.org>',
    ...more,
    '',
    'Is this right?',
    '',
  ].join('\r\n')

const post = async (body: string | Uint8Array, hook = TOKEN) =>
  (
    await worker.fetch(
      new Request(`http://facteur.test${routes.inboundMail(hook)}`, {
        ...{ method: 'POST', body, headers: { 'content-type': 'message/rfc822' } },
      }) as never,
      bindings as never,
      {} as never,
    )
  ).status

/** Hands a mail to the Worker as Email Routing does; returns why it was refused. */
async function arrive(raw: string, to: string, forward = vi.fn(async (_to: string, _headers?: Headers) => ({}))) {
  const refusals: string[] = []
  const bytes = new TextEncoder().encode(raw)
  const message = {
    ...{ from: '', to, rawSize: bytes.length, headers: new Headers(), raw: new Response(bytes).body, forward },
    setReject: (reason: string) => refusals.push(reason),
  }
  await worker.email(message as never, bindings)
  return { refusals, forward }
}

let merchant: Merchant
let documentId: string

beforeEach(async () => {
  await freshStorage()
  await sink.clear()
  merchant = await signUp()
  documentId = await sentOver(merchant, 'deployment')
})

const status = async () => (await row<{ status: string }>('SELECT status FROM deliveries')).status
const becomes = (expected: string) => vi.waitFor(async () => expect(await status()).toBe(expected))
const staysSent = async () => {
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(await status()).toBe('sent')
  expect(await rows('SELECT 1 FROM suppressions')).toEqual([])
}

describe('the return path', () => {
  it('fits into 64 characters, survives folded case and a new key, and can’t be made up', () => {
    const address = verp()
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64)
    expect(deliveryProvenBy(config(), address.toUpperCase())).toBe(DELIVERY)
    const rotated = new Map([['new', new Uint8Array(32).fill(7)], ...config().SECRET_KEYS])
    expect(deliveryProvenBy({ SECRET_KEYS: rotated }, address)).toBe(DELIVERY)
    expect(deliveryProvenBy({ SECRET_KEYS: new Map([['new', new Uint8Array(32)]]) }, address)).toBeUndefined()
    expect(deliveryProvenBy(config(), address.replace('01kb', '01kc'))).toBeUndefined()
  })

  it('is the envelope sender of every document over SMTP, and From stays as it was', async () => {
    await env.DB.exec("UPDATE deliveries SET status = 'dropped', due_at = NULL")
    const invoice = await invoiceFor(merchant, { contact: { emails: ['anna@customer.example'] } })
    await send(merchant, invoice)
    await env.DB.exec("UPDATE deliveries SET due_at = 1 WHERE status = 'queued'")
    await deliverDue(testDeps({}, bindings))
    const [mail] = await sink.rawMails()
    const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE document_id = ?', invoice)
    expect(mail?.from).toBe(verp(id))
    expect((await PostalMime.parse(mail?.raw ?? '')).from?.address).toBe('notifications@mail.facteur.test')
  })
})

describe('a report', () => {
  it('reaches the delivery over HTTP, however often it comes', async () => {
    expect(await post(report())).toBe(200)
    await becomes('bounced')
    expect(await post(report())).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await rows("SELECT 1 FROM history WHERE type = 'bounced'")).toHaveLength(1)
    expect(await textOf(await merchant.get(routes.document(documentId)))).toContain('no such user')
    expect(await textOf(await merchant.get(routes.suppressions))).toContain('zoe@example.org')
  })

  it('reaches it through Email Routing', async () => {
    expect(await arrive(report({ to: 'hidden@example.org' }), verp())).toMatchObject({ refusals: [] })
    await becomes('bounced')
  })

  it('of a full mailbox blocks no address, nor does one about an address that ours forwards to', async () => {
    await post(report({ status: '5.2.2', text: '552 5.2.2 mailbox full' }))
    await becomes('soft_bounced')
    await env.DB.exec("UPDATE deliveries SET status = 'sent', rank = 4")
    await post(report({ recipient: 'other@forward.example' }))
    await becomes('soft_bounced')
    expect(await rows('SELECT 1 FROM suppressions')).toEqual([])
  })

  it('without a return path of ours counts only for the mail and the address that it returns', async () => {
    const to = 'notifications@mail.facteur.test'
    expect(await post(report({ to }))).toBe(200)
    expect(await post(report({ to, id: DELIVERY, recipient: 'other@example.org' }))).toBe(200)
    expect(await post(report({ to: verp().replace(/\.\w{20}@/, `.${'a'.repeat(20)}@`) }))).toBe(200)
    await staysSent()
    await post(report({ to, id: DELIVERY }))
    await becomes('bounced')
  })

  it('that comes through an account’s door moves deliveries of that connection alone', async () => {
    await insertHooked(merchant.accountId, 'mcn_smtp', 'smtp', '')
    expect(await post(report(), hookOf('mcn_smtp'))).toBe(200)
    expect(await post(report({ id: DELIVERY }), hookOf('mcn_smtp'))).toBe(200)
    await staysSent()
    await env.DB.exec("UPDATE deliveries SET connection = 'mcn_smtp'")
    expect(await post(report({ to: 'x@example.org', id: DELIVERY })), 'without proof, through another door').toBe(200)
    await staysSent()
    expect(await post(report(), hookOf('mcn_smtp'))).toBe(200)
    await becomes('bounced')
  })

  it('that can’t be read is kept and changes nothing', async () => {
    const text = [
      'From: MAILER-DAEMON@x.example',
      `To: ${verp()}`,
      'Return-Path: <>',
      'Subject: Undelivered Mail Returned to Sender',
      '',
      'xyz',
      '',
    ]
    await post(text.join('\r\n'))
    await staysSent()
  })

  it('is refused at an address that nobody was given, and without a mail', async () => {
    await insertHooked(merchant.accountId, 'mcn_resend', 'resend', '')
    expect(await post(report(), 'elsewhere')).toBe(404)
    expect(await post(report(), hookOf('mcn_resend'))).toBe(404)
    expect(await post('')).toBe(400)
    await staysSent()
  })

  it('is read to its 256th kilobyte, however large it is', async () => {
    expect(await post(report() + 'x'.repeat(3_000_000))).toBe(200)
    await becomes('bounced')
  })
})

describe('a complaint (ARF)', () => {
  it('suppresses the address that complained', async () => {
    const arf = [
      ...['From: fbl@mailbox.example', 'To: abuse@facteur.test', 'Subject: FW: Invoice', 'MIME-Version: 1.0'],
      ...[
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
      ],
      ...[
        'This is a complaint.',
        '',
        '--b',
        'Content-Type: message/feedback-report',
        '',
        'Feedback-Type: abuse',
        'User-Agent: x/1',
      ],
      ...[
        'Version: 1',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        `Message-ID: <${DELIVERY}@mail.facteur.test>`,
        'Subject: Invoice',
        '',
        'x',
        '',
        '--b--',
        '',
      ],
    ]
    expect(await post(arf.join('\r\n'))).toBe(200)
    await becomes('complained')
    expect(await rows('SELECT reason FROM suppressions')).toEqual([{ reason: 'complaint' }])
  })
})

describe('a person’s mail', () => {
  it('is forwarded to the merchant where Email Routing can', async () => {
    const { refusals, forward } = await arrive(personsMail(verp()), verp())
    expect(forward.mock.calls[0]?.[0]).toBe(
      (await row<{ e: string }>('SELECT confirmed_reply_email AS e FROM accounts')).e,
    )
    expect(refusals).toEqual([])
    expect(await sink.mails()).toEqual([])
  })

  it('is else mailed on whole, and can be answered', async () => {
    const unverified = vi.fn(async () => Promise.reject(new Error('destination address not verified')))
    expect((await arrive(personsMail(verp()), verp(), unverified)).refusals).toEqual([])
    const [mail] = await sink.rawMails()
    const read = await PostalMime.parse(mail?.raw ?? '')
    expect(read.replyTo?.[0]?.address).toBe('zoe@example.org')
    expect(new TextDecoder().decode(read.attachments[0]?.content as ArrayBuffer)).toContain('Is this right?')
    expect(await post(personsMail(verp()))).toBe(200)
    expect(await sink.rawMails()).toHaveLength(2)
  })

  it('is refused with the merchant’s address once the day’s budget is spent', async () => {
    await env.DB.prepare("INSERT INTO notice_counts (account_id, kind, day, used) VALUES (?, 'reply', ?, 50)")
      .bind(merchant.accountId, new Date().toISOString().slice(0, 10))
      .run()
    const unverified = vi.fn(async () => Promise.reject(new Error('not verified')))
    const { refusals } = await arrive(personsMail(verp()), verp(), unverified)
    expect(refusals[0]).toContain('@')
    expect(await post(personsMail(verp()))).toBe(503)
  })

  it('is refused, not dropped, where nothing says whose it is; one that was passed on before is not passed on again', async () => {
    expect(
      (await arrive(personsMail('bounce@bounces.facteur.test'), 'bounce@bounces.facteur.test')).refusals,
    ).toHaveLength(1)
    expect(await post(personsMail('bounce@bounces.facteur.test'))).toBe(422)
    const { forward, refusals } = await arrive(personsMail(verp(), ['X-Facteur-Forwarded: yes']), verp())
    expect(forward).not.toHaveBeenCalled()
    expect(refusals).toEqual([])
  })

  it('that is an automatic answer is ignored', async () => {
    const { forward } = await arrive(personsMail(verp(), ['Auto-Submitted: auto-replied']), verp())
    expect(forward).not.toHaveBeenCalled()
    expect(await sink.mails()).toEqual([])
    await staysSent()
  })
})
