import type { HttpProviderKind } from '../../domain/provider'
import { brevoWebhook } from './brevo'
import { mailgunWebhook } from './mailgun'
import { postmarkWebhook } from './postmark'
import type { ProviderWebhook } from './provider-webhook'
import { resendWebhook } from './resend'
import { sendgridWebhook } from './sendgrid'
import { sesWebhook } from './ses'
import type { SnsNetwork } from './sns'

/** Returns the webhook of each provider that calls one. Cloudflare reports through a queue, and mail servers by mail. */
export const providerWebhooks = (network: SnsNetwork): Record<HttpProviderKind, ProviderWebhook> => ({
  resend: resendWebhook,
  postmark: postmarkWebhook,
  sendgrid: sendgridWebhook,
  mailgun: mailgunWebhook,
  ses: sesWebhook(network),
  brevo: brevoWebhook,
})
