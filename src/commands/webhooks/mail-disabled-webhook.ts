import { listAdmins } from '../../db/sender-domains'
import type { WebhookEndpoint } from '../../db/webhook-endpoints'
import { displayName } from '../../domain/company'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { meterNotice } from '../sends/meter-notice'
import { sendNotice } from '../sends/send-notice'

/** Mails the owners and admins of an account that an endpoint gets no more events. */
export async function mailDisabledWebhook(deps: Deps, { accountId, url }: WebhookEndpoint): Promise<void> {
  for (const { email, language, company, settings } of await listAdmins(deps.db, accountId)) {
    if (await meterNotice(deps, accountId, 'account')) return
    const notice = {
      ...({ kind: 'webhook_disabled', company: displayName(company), address: new URL(url).host } as const),
      link: deps.config.APP_URL + routes.webhookSettings,
    }
    await sendNotice(deps, notice, {
      to: email,
      language: language || settings.language,
      account: { id: accountId, settings },
    })
  }
}
