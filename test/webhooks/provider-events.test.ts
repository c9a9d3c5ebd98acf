/** From a provider's call to what the merchant sees. */
import { env } from 'cloudflare:test'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { HttpProviderKind } from '../../src/domain/provider'
import worker from '../../src/index'
import { routes } from '../../src/routes'
import { type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { callHook, HOOK_SECRETS, hookOf, insertHooked, sentOver, signedCall } from '../support/hooks'
import { deliverDue } from '../support/mailed'
import { mutationsOf } from '../support/mutations'
import { sink } from '../support/sink'
import { isThorough } from '../support/thorough'
import { call, mailgunCall, tampered } from '../support/webhook-calls'
import {
  brevoEvent,
  cloudflareEvent,
  mailgunEvent,
  mailgunFailure,
  postmarkBounce,
  postmarkEvent,
  resendBounce,
  resendEvent,
  sendgridEvent,
  sesBounce,
  sesEvent,
} from '../support/webhook-payloads'
import { consume, tick } from '../support/worker'

/** Of each provider: a mail that arrived, one whose address does not exist, and a complaint. */
const EVENTS: Record<HttpProviderKind, { delivered: unknown; bounced: unknown; complained: unknown }> = {
  resend: {
    delivered: resendEvent('email.delivered'),
    bounced: resendBounce({ type: 'Permanent', subType: 'NoEmail', message: '550 5.1.1 no such user' }),
    complained: resendEvent('email.complained'),
  },
  postmark: {
    delivered: postmarkEvent('Delivery'),
    bounced: postmarkBounce('HardBounce', '550 5.1.1 no such user'),
    complained: postmarkBounce('SpamComplaint'),
  },
  sendgrid: {
    delivered: sendgridEvent('delivered'),
    bounced: sendgridEvent('bounce', { type: 'bounce', status: '5.1.1', reason: '550 5.1.1 no such user' }),
    complained: sendgridEvent('spamreport'),
  },
  mailgun: {
    delivered: mailgunEvent('delivered'),
    bounced: mailgunFailure('permanent', 'bounce', { code: 550, message: '5.1.1 no such user' }),
    complained: mailgunEvent('complained'),
  },
  ses: {
    delivered: sesEvent('Delivery', { delivery: { recipients: ['zoe@example.org'] } }),
    bounced: sesBounce('Permanent', 'NoEmail', { diagnosticCode: '550 5.1.1 no such user' }),
    complained: sesEvent('Complaint', { complaint: { complainedRecipients: [{ emailAddress: 'zoe@example.org' }] } }),
  },
  brevo: {
    delivered: brevoEvent('delivered'),
    bounced: brevoEvent('hard_bounce', { reason: '550 5.1.1 no such user' }),
    complained: brevoEvent('spam'),
  },
}

const KINDS = Object.keys(EVENTS) as HttpProviderKind[]
/** Kept events are tried again every second minute. */
const ODD_MINUTE = new Date(60_000 * 10_001)
const OURS = 'mcn_ours'
/** Most are refused for their signature. */
const CUT_CALLS = isThorough() ? 1000 : 300
const DAMAGED_CALLS = isThorough() ? 10_000 : 300
const TIME_LIMIT_MS = isThorough() ? 600_000 : 30_000

let merchant: Merchant
let documentId: string

beforeEach(async () => {
  await freshStorage()
  await sink.clear()
  merchant = await signUp({ settings: { batchWindowMs: 0 } })
})

async function connect(kind: HttpProviderKind): Promise<void> {
  await insertHooked(merchant.accountId, OURS, kind, HOOK_SECRETS[kind])
  documentId = await sentOver(merchant, OURS)
}

const report = async (kind: HttpProviderKind, payload: unknown) =>
  (await callHook(kind, hookOf(OURS), await signedCall(kind, payload))).status

const status = async () => (await row<{ status: string }>('SELECT status FROM deliveries')).status
const becomes = (expected: string) => vi.waitFor(async () => expect(await status()).toBe(expected))
/** Waits until the queue has nothing left to do, and a moment for what its consumer has in hand. */
async function settle(): Promise<void> {
  await vi.waitFor(async () => expect((await env.EVENT_QUEUE.metrics()).backlogCount).toBe(0), { timeout: 20_000 })
  await new Promise((resolve) => setTimeout(resolve, 150))
}

describe.each(KINDS)('%s', (kind) => {
  beforeEach(() => connect(kind))

  it('reports a bounce, which History, the envelope, the problems and the suppression list show', async () => {
    expect(await report(kind, EVENTS[kind].delivered)).toBe(200)
    await becomes('delivered')
    const bounced = await signedCall(kind, EVENTS[kind].bounced)
    expect((await callHook(kind, hookOf(OURS), bounced)).status).toBe(200)
    await becomes('bounced')
    const page = await textOf(await merchant.get(routes.document(documentId)))
    expect(page).toContain('no such user')
    expect(await textOf(await merchant.get(routes.suppressions))).toContain('zoe@example.org')
    expect(await textOf(await merchant.get(routes.problems))).toContain('zoe@example.org')
    expect(await row('SELECT mail_state FROM documents')).toEqual({ mail_state: 'problem' })
    expect((await callHook(kind, hookOf(OURS), bounced)).status, 'the same again').toBe(200)
    await settle()
    expect(await rows("SELECT 1 FROM history WHERE type = 'bounced'")).toHaveLength(1)
  })

  it('reports a complaint, after which the address is not written to', async () => {
    expect(await report(kind, EVENTS[kind].complained)).toBe(200)
    await becomes('complained')
    expect(await rows('SELECT address_key, reason FROM suppressions')).toEqual([
      { address_key: 'zoe@example.org', reason: 'complaint' },
    ])
  })

  it('moves no delivery of another connection, whatever it signs', async () => {
    await env.DB.exec("UPDATE deliveries SET connection = 'deployment'")
    expect(await report(kind, EVENTS[kind].bounced)).toBe(200)
    await vi.waitFor(async () =>
      expect(await rows("SELECT 1 FROM provider_events WHERE key NOT LIKE 'replay%'")).toHaveLength(1),
    )
    expect(await status()).toBe('sent')
    expect(await rows('SELECT 1 FROM suppressions')).toEqual([])
  })

  it('answers 401 to a forged call, and 404 at an address that nobody was given or another provider was', async () => {
    const genuine = await signedCall(kind, EVENTS[kind].bounced)
    const forgeries = [
      call(JSON.stringify(EVENTS[kind].bounced)),
      call('', { authorization: 'Basic !', 'svix-id': '1' }),
      call(new Uint8Array([0xff, 0xfe, 0x7b])),
      ...(['resend', 'sendgrid'].includes(kind) ? [tampered(genuine)] : []),
    ]
    for (const forgery of forgeries) expect((await callHook(kind, hookOf(OURS), forgery)).status).toBe(401)
    expect((await callHook(kind, 'somewhere', genuine)).status).toBe(404)
    expect((await callHook(kind === 'brevo' ? 'postmark' : 'brevo', hookOf(OURS), genuine)).status).toBe(404)
    expect((await callHook('constructor', hookOf(OURS), genuine)).status).toBe(404)
    await settle()
    expect(await status()).toBe('sent')
  })

  it('answers 401 to everything where no secret is set', async () => {
    await env.DB.exec('UPDATE provider_connections SET hook_secret = NULL')
    expect(await report(kind, EVENTS[kind].bounced)).toBe(401)
  })

  it('goes on being heard after its connection was removed', async () => {
    await env.DB.exec('UPDATE provider_connections SET removed_at = 1, secrets = NULL')
    expect(await report(kind, EVENTS[kind].delivered)).toBe(200)
    await becomes('delivered')
  })

  it('is refused a body of more than a megabyte', async () => {
    const large = call(`{"a":"${'x'.repeat(1024 * 1024)}"}`)
    const refused = await callHook(kind, hookOf(OURS), large)
    expect(refused.status).toBe(413)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
  })

  it(
    'answers bodies that are cut off or are no text, signed or not, without failing',
    async () => {
      const { headers, body } = await signedCall(kind, EVENTS[kind].bounced)
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: body.length }), fc.uint8Array({ maxLength: 5 }), async (length, rest) => {
          const damaged = new Uint8Array([...body.subarray(0, length), ...rest])
          const { status: answer } = await callHook(kind, hookOf(OURS), { headers, body: damaged })
          expect([200, 400, 401]).toContain(answer)
        }),
        { numRuns: CUT_CALLS },
      )
      // None of them may have said something else than the whole body does.
      await settle()
      expect(['sent', 'bounced']).toContain(await status())
    },
    TIME_LIMIT_MS,
  )
})

describe.each(KINDS)('%s, whose payload was damaged before it was signed,', (kind) => {
  it(
    'is answered 200 or 400, and makes no good address a bad one',
    async () => {
      await connect(kind)
      await fc.assert(
        fc.asyncProperty(mutationsOf([EVENTS[kind].delivered]), async (payload) => {
          expect([200, 400]).toContain(await report(kind, payload))
        }),
        { numRuns: DAMAGED_CALLS },
      )
      // The queue is worked off in order, so a genuine bounce shows that all of it was handled.
      expect(await report(kind, EVENTS[kind].bounced)).toBe(200)
      await vi.waitFor(async () => expect(await status()).toBe('bounced'), { timeout: TIME_LIMIT_MS })
      const bad = "('bounced', 'soft_bounced', 'dropped', 'failed', 'complained')"
      expect(await rows(`SELECT type FROM history WHERE type IN ${bad}`)).toEqual([{ type: 'bounced' }])
      expect(await rows('SELECT address_key FROM suppressions')).toEqual([{ address_key: 'zoe@example.org' }])
    },
    TIME_LIMIT_MS,
  )
})

describe('a webhook', () => {
  it('says what became of a mail that was to be repeated because nothing was known of it', async () => {
    await connect('resend')
    const waits = (reason: string) =>
      env.DB.prepare("UPDATE deliveries SET status = 'queued', rank = 0, due_at = 9e15, reason = ?").bind(reason).run()
    const full = { type: 'Transient', subType: 'MailboxFull', message: 'The mailbox is full' }
    await waits('server_busy')
    expect(await report('resend', resendBounce(full))).toBe(200)
    await settle()
    expect(await status(), 'refused for now, and not taken').toBe('queued')
    await waits('lost_answer')
    expect(await report('resend', resendBounce({ ...full, message: 'The mailbox is still full' }))).toBe(200)
    await becomes('soft_bounced')
    expect(await row('SELECT due_at FROM deliveries')).toEqual({ due_at: null })
    expect(await row('SELECT mail_state FROM documents')).toEqual({ mail_state: 'problem' })
  })

  it('asks for the call again while the queue takes nothing', async () => {
    await connect('resend')
    const { headers, body } = await signedCall('resend', EVENTS.resend.bounced)
    const request = new Request(`http://facteur.test${routes.providerWebhook('resend', hookOf(OURS))}`, {
      ...{ method: 'POST', body, headers },
    })
    const bindings = { ...env, EVENT_QUEUE: { sendBatch: () => Promise.reject(new Error('busy')) } }
    const response = await worker.fetch(request as never, bindings as never, {} as never)
    expect(response.status).toBe(503)
  })

  it('lets a token of Mailgun speak for one body, however often it comes', async () => {
    await connect('mailgun')
    const signed = (event: unknown) => mailgunCall(event, 'a signing key', { at: Date.now(), now: Date.now() })
    const first = signed(EVENTS.mailgun.delivered)
    expect((await callHook('mailgun', hookOf(OURS), first)).status).toBe(200)
    expect((await callHook('mailgun', hookOf(OURS), first)).status).toBe(200)
    expect((await callHook('mailgun', hookOf(OURS), signed(EVENTS.mailgun.bounced))).status).toBe(200)
    await becomes('delivered')
    await settle()
    expect(await status()).toBe('delivered')
  })

  it('changes nothing by an event about another recipient', async () => {
    await connect('ses')
    const other = { emailAddress: 'somebody@else.example', diagnosticCode: '550 5.1.1 no such user' }
    expect(await report('ses', sesBounce('Permanent', 'NoEmail', other))).toBe(200)
    await vi.waitFor(async () => expect(await rows('SELECT 1 FROM provider_events')).toHaveLength(1))
    expect(await status()).toBe('sent')
  })

  it('takes thousands of events in one call', async () => {
    await connect('sendgrid')
    const many = Array.from({ length: 1_200 }, (_, n) =>
      sendgridEvent('deferred', {
        response: `421 try ${n} again`,
        sg_message_id: `id${n}`,
        timestamp: 1_763_000_000 + n,
      }),
    )
    expect(await report('sendgrid', [...many, EVENTS.sendgrid.delivered])).toBe(200)
    await becomes('delivered')
    await vi.waitFor(
      async () => expect((await rows("SELECT 1 FROM history WHERE type = 'deferred'")).length).toBe(1_200),
      { timeout: 10_000 },
    )
  })
})

describe('Cloudflare’s events', () => {
  const binding = { send: async () => ({ messageId: '0101018f7d0c4d9a-msg' }) }
  const bindings = { ...env, MAIL_PROVIDER: 'cloudflare', EMAIL: binding } as never

  it('are matched by its own id, also when they come before the answer is recorded', async () => {
    documentId = await sentOver(merchant, 'deployment')
    const bounce = cloudflareEvent('bounced', { bounce: { type: 'hard', reason: '550 5.1.1 no such user' } })
    await consume('facteur-cloudflare', [bounce, { nonsense: true }, bounce], bindings)
    expect(await status()).toBe('sent')
    expect(await rows('SELECT 1 FROM provider_events WHERE match_until IS NOT NULL')).toHaveLength(1)
    await tick(bindings, ODD_MINUTE)
    expect(await status()).toBe('sent')
    await env.DB.exec("INSERT INTO provider_messages SELECT connection, '0101018f7d0c4d9a-msg', id FROM deliveries")
    await tick(bindings, ODD_MINUTE)
    expect(await status()).toBe('bounced')
    expect(await rows('SELECT delivery_id, match_until FROM provider_events')).toEqual([
      { delivery_id: (await row<{ id: string }>('SELECT id FROM deliveries')).id, match_until: null },
    ])
  })

  it('that find no delivery within ten minutes are kept, and not tried again', async () => {
    await consume('facteur-cloudflare', [cloudflareEvent('delivered')], bindings)
    await env.DB.exec('UPDATE provider_events SET match_until = 1')
    await tick(bindings, ODD_MINUTE)
    expect(await rows('SELECT match_until FROM provider_events')).toEqual([{ match_until: null }])
  })

  it('wait on the queue of all events while they can’t be recorded', async () => {
    documentId = await sentOver(merchant, 'deployment')
    await env.DB.exec("INSERT INTO provider_messages SELECT connection, '0101018f7d0c4d9a-msg', id FROM deliveries")
    const held: unknown[] = []
    const fail = () => {
      throw new Error('D1 is unreachable')
    }
    const broken = { ...env, MAIL_PROVIDER: 'cloudflare', EMAIL: binding, DB: { prepare: fail, batch: fail } }
    const queue = { sendBatch: async (all: { body: unknown }[]) => void held.push(...all.map(({ body }) => body)) }
    await consume('facteur-cloudflare', [cloudflareEvent('delivered')], { ...broken, EVENT_QUEUE: queue } as never)
    expect(held).toHaveLength(1)
    await consume('facteur-events', held)
    expect(await status()).toBe('delivered')
  })

  it('find the mail that the binding took', async () => {
    const invoice = await sentOver(merchant, 'deployment')
    await env.DB.exec("UPDATE deliveries SET status = 'queued', rank = 0, due_at = 1, attempt = 0, sent_at = NULL")
    await deliverDue(testDeps({}, bindings))
    expect(await rows('SELECT connection, message_id FROM provider_messages')).toEqual([
      { connection: 'deployment', message_id: '0101018f7d0c4d9a-msg' },
    ])
    await consume('facteur-cloudflare', [cloudflareEvent('delivered')], bindings)
    expect(await row('SELECT status FROM deliveries WHERE document_id = ?', invoice)).toEqual({ status: 'delivered' })
  })
})
