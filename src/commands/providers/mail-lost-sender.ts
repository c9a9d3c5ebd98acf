import { listAdmins } from '../../db/sender-domains'
import { displayName } from '../../domain/company'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { meterNotice } from '../sends/meter-notice'
import { sendNotice } from '../sends/send-notice'

/** Mails the owners and admins of an account that its address is out of use, since its DNS record is gone. */
export async function mailLostSender(deps: Deps, accountId: string, address: string): Promise<void> {
  for (const { email, language, company, settings } of await listAdmins(deps.db, accountId)) {
    if (await meterNotice(deps, accountId, 'account')) return
    const notice = {
      ...({ kind: 'sender_lost', company: displayName(company), address } as const),
      link: deps.config.APP_URL + routes.senderSettings,
    }
    await sendNotice(deps, notice, {
      to: email,
      language: language || settings.language,
      account: { id: accountId, settings },
    })
  }
}
