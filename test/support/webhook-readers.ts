/** Each provider's reading, of a payload as it stands in the documentation. */
import { brevoWebhook } from '../../src/webhooks/providers/brevo'
import { readCloudflareEvent } from '../../src/webhooks/providers/cloudflare'
import { mailgunWebhook } from '../../src/webhooks/providers/mailgun'
import { postmarkWebhook } from '../../src/webhooks/providers/postmark'
import type { ReportedEvent } from '../../src/webhooks/providers/provider-webhook'
import { resendWebhook } from '../../src/webhooks/providers/resend'
import { sendgridWebhook } from '../../src/webhooks/providers/sendgrid'
import { sesWebhook } from '../../src/webhooks/providers/ses'
import { call, NOW, snsMessage } from './webhook-calls'

const ses = sesWebhook({ fetchText: async () => undefined })

export const WEBHOOKS = {
  resend: resendWebhook,
  postmark: postmarkWebhook,
  sendgrid: sendgridWebhook,
  mailgun: mailgunWebhook,
  ses,
  brevo: brevoWebhook,
}

export type Reader = (payload: unknown) => ReportedEvent[] | undefined

export const READERS = {
  resend: (payload, id = 'msg_1') => resendWebhook.read(call(payload, { 'svix-id': String(id) })),
  postmark: (payload) => postmarkWebhook.read(call(payload)),
  sendgrid: (payload) => sendgridWebhook.read(call(payload)),
  mailgun: (payload) => mailgunWebhook.read(call({ 'event-data': payload })),
  ses: (payload) => ses.read(call(snsMessage(payload))),
  brevo: (payload) => brevoWebhook.read(call(payload)),
  cloudflare: (payload) => readCloudflareEvent(payload, NOW),
} satisfies Record<string, (payload: unknown, id?: string) => ReportedEvent[] | undefined>
