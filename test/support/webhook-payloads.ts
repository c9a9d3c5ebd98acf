/** What providers report, in the shapes of their documentation, about one mail of ours. */
import { DELIVERY } from './webhook-calls'

const AT = '2026-11-24T09:59:00.000Z'
const SECONDS = Date.parse(AT) / 1000
const TO = 'zoe@example.org'

export const resendEvent = (type: string, data: object = {}) => ({
  type,
  created_at: AT,
  data: {
    created_at: '2026-11-24T09:58:00.123456+00:00',
    email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
    from: 'Ada via Facteur <notifications@mail.facteur.test>',
    to: [TO],
    subject: 'Invoice 12',
    tags: { delivery: DELIVERY },
    ...data,
  },
})

export const resendBounce = (bounce: object, data: object = {}) =>
  resendEvent('email.bounced', { ...data, bounce: { message: 'Refused.', diagnosticCode: [], ...bounce } })

export const postmarkEvent = (RecordType: string, change: object = {}) => ({
  RecordType,
  MessageID: '2706ee8a-737c-4285-b032-ccd317af53ed',
  ServerID: 23,
  MessageStream: 'outbound',
  Recipient: TO,
  Metadata: { delivery: DELIVERY },
  ...change,
})

export const postmarkBounce = (Type: string, Details = '') => {
  const { Recipient, ...event } = postmarkEvent('Bounce')
  return { ...event, ID: 42, Type, TypeCode: 1, Email: Recipient, Details, BouncedAt: '2026-11-24T09:59:00.1234567Z' }
}

export const sendgridEvent = (event: string, change: object = {}) => ({
  event,
  email: TO,
  timestamp: SECONDS,
  'smtp-id': '<wrfRRvF7Q0GgwUo2CvDmEA@ismtpd0006p1sjc2.sendgrid.net>',
  sg_event_id: 'ZyjAM5rnQmuI1KFInHQ3Nw',
  sg_message_id: 'wrfRRvF7Q0GgwUo2CvDmEA.filter0425p1mdw1.13037.57168B4A1D.0',
  delivery: DELIVERY,
  ...change,
})

export const mailgunEvent = (event: string, change: object = {}) => ({
  event,
  id: 'hTWCTD81RtiDN',
  timestamp: SECONDS + 0.153125,
  recipient: TO,
  message: { headers: { to: TO, 'message-id': `${DELIVERY}@mail.facteur.test`, subject: 'Invoice 12' }, size: 809 },
  'delivery-status': { code: 250, message: 'OK', 'attempt-no': 1 },
  'user-variables': { delivery: DELIVERY },
  ...change,
})

export const mailgunFailure = (severity: string, reason: string, status: object | null) =>
  mailgunEvent('failed', { severity, reason, 'delivery-status': status })

export const sesEvent = (eventType: string, details: object = {}, mail: object = {}) => ({
  eventType,
  mail: {
    timestamp: '2026-11-24T09:58:00.000Z',
    messageId: '0100017c44f053b-61b59c11',
    source: 'notifications@mail.facteur.test',
    destination: [TO],
    headers: [
      { name: 'X-Facteur-Delivery', value: DELIVERY },
      { name: 'Message-ID', value: `<${DELIVERY}@mail.facteur.test>` },
    ],
    tags: { delivery: [DELIVERY], 'ses:configuration-set': ['facteur'] },
    ...mail,
  },
  ...details,
})

export const sesBounce = (bounceType: string, bounceSubType: string, recipient: object = {}) =>
  sesEvent('Bounce', {
    bounce: {
      ...{ bounceType, bounceSubType, timestamp: AT, feedbackId: 'feedback-1' },
      bouncedRecipients: [{ emailAddress: TO, ...recipient }],
    },
  })

export const brevoEvent = (event: string, change: object = {}) => ({
  event,
  email: TO,
  id: 814119,
  date: '2026-11-24 10:59:00',
  ts: SECONDS,
  ts_event: SECONDS,
  ts_epoch: SECONDS * 1000,
  'message-id': '<202611241058.29297141656@smtp-relay.mailin.fr>',
  subject: 'Invoice 12',
  tags: [DELIVERY],
  tag: JSON.stringify([DELIVERY]),
  'X-Mailin-custom': DELIVERY,
  ...change,
})

export const cloudflareEvent = (name: string, payload: object = {}) => ({
  type: `cf.email.sending.message.${name}`,
  source: { type: 'email.sending', zoneId: '023e105f', domain: 'mail.facteur.test' },
  payload: {
    eventId: '0190d0c4-7e9a-7b3c-9f12-1a2b3c4d5e6f',
    messageId: '<0101018f7d0c4d9a-msg>',
    sender: 'notifications@mail.facteur.test',
    recipient: TO,
    delivery: { status: name },
    ...payload,
  },
  metadata: { accountId: 'f9f79265', eventSchemaVersion: 1, eventTimestamp: AT },
})
