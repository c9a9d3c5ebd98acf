/** Serves the settings, one topic a page. Every member may read them, admins may change them. */
import { Hono } from 'hono'
import { sellerGaps } from '../../domain/readiness'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount } from '../middleware/session'
import { page } from '../ui/page'
import { apiSettings } from './api-routes'
import { auditList } from './audit-routes'
import { closingRoutes } from './closing-routes'
import { companySettings } from './company-routes'
import { documentSettings } from './document-routes'
import { logoSettings } from './logo-routes'
import { mailSettings } from './mail-routes'
import { numberSettings } from './number-routes'
import { passkeySettings } from './passkey-routes'
import { peopleSettings } from './people-routes'
import { personalSettings } from './personal-routes'
import { providerSettings } from './provider-routes'
import { replyAddressConfirmation } from './reply-address-routes'
import { retentionSettings } from './retention-routes'
import { senderSettings } from './sender-routes'
import { sessionSettings } from './session-routes'
import { SettingsPage } from './settings-page'
import { stripeSettings } from './stripe-routes'
import { taxSettings } from './tax-routes'
import { webhookSettings } from './webhook-routes'

export const settings = new Hono<AccountEnv>()

settings.use(`${routes.settings}/*`, requireAccount)
settings.get(routes.settings, (c) => {
  const gaps = sellerGaps(c.var.signedIn.company).length
  return page(c, { title: c.var.t('settings.title'), section: 'settings', narrow: true }, <SettingsPage gaps={gaps} />)
})
settings.route('/', companySettings)
settings.route('/', documentSettings)
settings.route('/', logoSettings)
settings.route('/', taxSettings)
settings.route('/', numberSettings)
settings.route('/', mailSettings)
settings.route('/', providerSettings)
settings.route('/', senderSettings)
settings.route('/', stripeSettings)
settings.route('/', apiSettings)
settings.route('/', webhookSettings)
settings.route('/', peopleSettings)
settings.route('/', retentionSettings)
settings.route('/', closingRoutes)
settings.route('/', auditList)
settings.route('/', personalSettings)
settings.route('/', sessionSettings)
settings.route('/', passkeySettings)
settings.route('/', replyAddressConfirmation)
