/** What is read of an event beside its class: whose it is, when, what was said, and the key by which a repeat is known. */
import { describe, expect, it } from 'vitest'
import { eventTime } from '../../../src/webhooks/providers/event-time'
import type { ReportedEvent } from '../../../src/webhooks/providers/provider-webhook'
import { DELIVERY, NOW } from '../../support/webhook-calls'
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
} from '../../support/webhook-payloads'
import { READERS } from '../../support/webhook-readers'

const AT = Date.parse('2026-11-24T09:59:00.000Z')
const OTHER = 'dlv_01kb0zzzzzzzzzzzzzzzzzzzzz'

const first = (events: ReportedEvent[] | undefined): ReportedEvent => {
  const [event] = events ?? []
  if (!event) throw new Error('no event was read')
  return event
}

const PLAIN: [keyof typeof READERS, unknown, string][] = [
  ['resend', resendEvent('email.delivered'), '56761188-7520-42d8-8898-ff6fc54ce618'],
  [
    'postmark',
    postmarkEvent('Delivery', { DeliveredAt: '2026-11-24T09:59:00.0000000Z' }),
    '2706ee8a-737c-4285-b032-ccd317af53ed',
  ],
  ['sendgrid', sendgridEvent('delivered'), 'wrfRRvF7Q0GgwUo2CvDmEA'],
  ['mailgun', mailgunEvent('delivered', { timestamp: AT / 1000 }), `${DELIVERY}@mail.facteur.test`],
  [
    'ses',
    sesEvent('Delivery', { delivery: { recipients: ['zoe@example.org'], timestamp: '2026-11-24T09:59:00.000Z' } }),
    '0100017c44f053b-61b59c11',
  ],
  ['brevo', brevoEvent('delivered'), '202611241058.29297141656@smtp-relay.mailin.fr'],
  ['cloudflare', cloudflareEvent('delivered'), '0101018f7d0c4d9a-msg'],
]

describe.each(PLAIN)('an event of %s', (provider, payload, providerMessageId) => {
  it('names its mail, recipient and time', () => {
    expect(first(READERS[provider](payload))).toMatchObject({
      deliveryId: provider === 'cloudflare' ? '' : DELIVERY,
      providerMessageId,
      recipient: 'zoe@example.org',
      at: AT,
      attempt: 0,
    })
  })

  it('has the same key when it is repeated, and no address in it', () => {
    const { key } = first(READERS[provider](payload))
    expect(first(READERS[provider](structuredClone(payload))).key).toBe(key)
    expect(key).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('two events', () => {
  const keys = (provider: keyof typeof READERS, ...payloads: unknown[]) =>
    new Set(payloads.map((payload) => first(READERS[provider](payload)).key)).size

  it('have two keys', () => {
    expect(keys('postmark', postmarkBounce('HardBounce'), { ...postmarkBounce('HardBounce'), ID: 43 })).toBe(2)
    expect(
      keys('postmark', postmarkEvent('Open', { ReceivedAt: '1' }), postmarkEvent('Open', { ReceivedAt: '2' })),
    ).toBe(2)
    expect(
      keys('sendgrid', sendgridEvent('open'), sendgridEvent('open', { timestamp: 1 }), sendgridEvent('click')),
    ).toBe(3)
    expect(keys('mailgun', mailgunEvent('opened'), mailgunEvent('opened', { id: 'other' }))).toBe(2)
    expect(keys('brevo', brevoEvent('opened'), brevoEvent('opened', { ts_epoch: AT + 1 }), brevoEvent('click'))).toBe(3)
    expect(keys('cloudflare', cloudflareEvent('delivered'), cloudflareEvent('delivered', { eventId: 'other' }))).toBe(2)
    const id = (value: string) => first(READERS.resend(resendEvent('email.sent'), value)).key
    expect(id('msg_1')).not.toBe(id('msg_2'))
  })

  it('are one if only what changes between repeats differs', () => {
    expect(keys('sendgrid', sendgridEvent('open'), sendgridEvent('open', { sg_event_id: 'other' }))).toBe(1)
    const { eventType, ...bounce } = sesBounce('Permanent', 'General')
    // Event publishing and notifications report the same bounce.
    expect(keys('ses', { eventType, ...bounce }, { notificationType: eventType, ...bounce })).toBe(1)
  })
})

describe('our id', () => {
  const idOf = (provider: keyof typeof READERS, payload: unknown) => first(READERS[provider](payload)).deliveryId
  const headers = [{ name: 'x-facteur-delivery', value: DELIVERY }]

  it('is found wherever a provider gives it back', () => {
    expect(idOf('resend', resendEvent('email.sent', { tags: [{ name: 'delivery', value: DELIVERY }] }))).toBe(DELIVERY)
    expect(idOf('resend', resendEvent('email.sent', { tags: {}, headers }))).toBe(DELIVERY)
    expect(idOf('resend', resendEvent('email.sent', { tags: null, message_id: `<${DELIVERY}@mail.test>` }))).toBe(
      DELIVERY,
    )
    expect(idOf('sendgrid', sendgridEvent('open', { delivery: 1, 'smtp-id': `<${DELIVERY}@mail.test>` }))).toBe(
      DELIVERY,
    )
    expect(idOf('mailgun', mailgunEvent('opened', { 'user-variables': [] }))).toBe(DELIVERY)
    expect(idOf('ses', sesEvent('Send', {}, { tags: {} }))).toBe(DELIVERY)
    expect(
      idOf(
        'ses',
        sesEvent('Send', {}, { tags: null, headers: null, commonHeaders: { messageId: `<${DELIVERY}@m.test>` } }),
      ),
    ).toBe(DELIVERY)
    expect(idOf('brevo', brevoEvent('opened', { tags: ['x', `delivery:${DELIVERY}`], tag: 3 }))).toBe(DELIVERY)
    expect(idOf('brevo', brevoEvent('opened', { tags: undefined, tag: DELIVERY }))).toBe(DELIVERY)
    expect(idOf('brevo', brevoEvent('opened', { tags: undefined, tag: `["${DELIVERY}"]` }))).toBe(DELIVERY)
    expect(idOf('brevo', brevoEvent('opened', { tags: [], tag: '[', 'X-Mailin-custom': DELIVERY }))).toBe(DELIVERY)
  })

  it.each([
    '',
    'dlv_1',
    DELIVERY.toUpperCase(),
    `${DELIVERY}0`,
    `x${DELIVERY}`,
    'dlv_81kb0abcdefghjkmnpqrstvwxy',
    'dlv_01kb0abcdefghijklmnopqrstu',
    `doc_${DELIVERY.slice(4)}`,
    `${DELIVERY} ${OTHER}`,
  ])('is empty for %j, which is none', (delivery) => {
    const payload = mailgunEvent('opened', {
      'user-variables': { delivery },
      message: { headers: { 'message-id': delivery } },
    })
    expect(idOf('mailgun', payload)).toBe('')
  })
})

describe('the time of an event', () => {
  it.each([
    [AT, AT],
    [AT / 1000, AT],
    [AT / 1000 + 0.123456, AT + 123],
    [String(AT / 1000), AT],
    ['2026-11-24T09:59:00.1234567Z', AT + 123],
    ['2026-11-24T05:59:00.1234567-04:00', AT + 123],
    ['2026-11-24 09:59:00.123456+00', AT + 123],
    ['2026-11-24T09:59:00 +0000', AT],
    ['2026-11-24 09:59:00', AT],
    ['Tue, 24 Nov 2026 10:59:00 +0100', AT],
  ])('is read from %j', (value, expected) => {
    expect(eventTime(value, NOW)).toBe(expected)
  })

  it.each([
    undefined,
    null,
    '',
    'soon',
    {},
    [],
    true,
    -1,
    0,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    NOW + 1,
    '9'.repeat(400),
    '2026-13-45T99:99:99Z',
  ])('is now for %j', (value) => {
    expect(eventTime(value, NOW)).toBe(NOW)
  })
})

describe('the text of an event', () => {
  const textOf = (provider: keyof typeof READERS, payload: unknown) => first(READERS[provider](payload)).text

  it('is what the server said', () => {
    expect(textOf('resend', resendBounce({ type: 'Permanent', diagnosticCode: ['smtp; 550 5.1.1 unknown'] }))).toBe(
      '550 5.1.1 unknown – Refused.',
    )
    expect(textOf('postmark', postmarkBounce('HardBounce', 'smtp;550 5.1.1 unknown'))).toBe('550 5.1.1 unknown')
    expect(textOf('sendgrid', sendgridEvent('bounce', { status: '5.1.1', reason: '550 5.1.1 unknown' }))).toBe(
      '550 5.1.1 unknown',
    )
    const status = { code: 550, 'enhanced-code': '5.1.1', message: 'No\nsuch user' }
    expect(textOf('mailgun', mailgunFailure('permanent', 'bounce', status))).toBe('550 5.1.1 No such user')
    expect(
      textOf('ses', sesBounce('Permanent', 'General', { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 x' })),
    ).toBe('550 5.1.1 x')
    expect(textOf('brevo', brevoEvent('hard_bounce', { reason: ' 550  gone ' }))).toBe('550 gone')
    expect(textOf('cloudflare', cloudflareEvent('bounced', { bounce: { reason: '550 gone' } }))).toBe('550 gone')
  })

  it('is cut at 500 characters, and lowers a bounce by what comes after them', () => {
    const reason = `550 ${'x'.repeat(600)} 5.7.1 policy`
    const event = first(READERS.brevo(brevoEvent('hard_bounce', { reason })))
    expect(event.text).toHaveLength(500)
    expect(event.class).toBe('bounced_soft')
  })
})

describe('a call with several events', () => {
  it('is read item by item, and a broken one loses no other', () => {
    const items = [sendgridEvent('open'), null, 3, 'x', [], {}, { event: {} }, sendgridEvent('click')]
    expect(READERS.sendgrid(items)?.map((event) => event.class)).toEqual(['opened', 'clicked'])
    expect(READERS.brevo([brevoEvent('opened'), null, brevoEvent('click')])).toHaveLength(2)
    expect(READERS.sendgrid(Array.from({ length: 3000 }, () => sendgridEvent('open')))).toHaveLength(3000)
    expect(READERS.sendgrid([])).toEqual([])
  })

  it('has no more than fits into a body', () => {
    expect(READERS.sendgrid(Array.from({ length: 10_001 }, () => ({ event: 'x' })))).toBeUndefined()
  })

  it('of SES speaks of each recipient', () => {
    const recipients = [
      { emailAddress: 'a@example.org', status: '5.1.1' },
      { emailAddress: 'b@example.org', status: '4.0.0' },
    ]
    const { bounce, ...event } = {
      bounce: { bounceType: 'Permanent', bounceSubType: 'General' },
      ...sesEvent('Bounce'),
    }
    const read = READERS.ses({ ...event, bounce: { ...bounce, bouncedRecipients: recipients } }) ?? []
    expect(read.map((one) => [one.recipient, one.class])).toEqual([
      ['a@example.org', 'bounced_hard'],
      ['b@example.org', 'bounced_soft'],
    ])
    expect(new Set(read.map((one) => one.key)).size).toBe(2)
  })
})

describe('a recipient', () => {
  it('is the address alone, and nobody if there are several', () => {
    const to = (...list: unknown[]) => first(READERS.resend(resendEvent('email.sent', { to: list }))).recipient
    expect(to('Zoe <zoe@example.org>')).toBe('zoe@example.org')
    expect(to('a@example.org', 'b@example.org')).toBe('')
    expect(to()).toBe('')
  })
})

describe('a SendGrid id that begins with the name of a machine', () => {
  it('is none', () => {
    const sg_message_id = 'filter0093p1las1.9128.5717FB8127.0'
    expect(first(READERS.sendgrid(sendgridEvent('dropped', { sg_message_id }))).providerMessageId).toBe('')
  })
})

describe('what Amazon says beside events', () => {
  it.each([
    'Successfully validated SNS topic for Amazon SES event publishing.',
    '{"notificationType":""}',
    '[]',
    'null',
  ])('(%s) is understood and holds none', (text) => {
    expect(READERS.ses(text)).toEqual([])
  })
})
