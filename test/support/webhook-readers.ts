/** Each provider's reading, of a payload as it stands in the documentation. */
import { readCloudflareEvent } from '../../src/webhooks/providers/cloudflare'
import type { ReportedEvent } from '../../src/webhooks/providers/provider-webhook'
import { providerWebhooks } from '../../src/webhooks/providers/webhooks'
import { call, NOW, snsMessage } from './webhook-calls'

export const WEBHOOKS = providerWebhooks({ fetchText: async () => undefined })

export type Reader = (payload: unknown) => ReportedEvent[] | undefined

export const READERS = {
  resend: (payload, id = 'msg_1') => WEBHOOKS.resend.read(call(payload, { 'svix-id': String(id) })),
  postmark: (payload) => WEBHOOKS.postmark.read(call(payload)),
  sendgrid: (payload) => WEBHOOKS.sendgrid.read(call(payload)),
  mailgun: (payload) => WEBHOOKS.mailgun.read(call({ 'event-data': payload })),
  ses: (payload) => WEBHOOKS.ses.read(call(snsMessage(payload))),
  brevo: (payload) => WEBHOOKS.brevo.read(call(payload)),
  cloudflare: (payload) => readCloudflareEvent(payload, NOW),
} satisfies Record<string, (payload: unknown, id?: string) => ReportedEvent[] | undefined>
