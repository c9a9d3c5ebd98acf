import { Hono } from 'hono'
import * as v from 'valibot'
import { pick } from '../../commands/accounts/save-settings'
import { isTimeZone } from '../../domain/calendar'
import type { AccountSettings } from '../../domain/company'
import { isCurrency } from '../../domain/currencies'
import { languagesOf } from '../../domain/languages'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { oneOf } from '../ui/fields'
import { flatten, line, parseForm, readForm } from '../ui/form-state'
import { DocumentSettingsPage } from './document-page'
import { saveTopic, showTopic, type Topic } from './topic'

const KEYS = ['currency', 'language', 'timeZone', 'paymentTermsDays'] as const
const MAX_TERMS_DAYS = 365

const formOf = (languages: readonly string[]) =>
  v.object({
    currency: oneOf(isCurrency),
    language: oneOf((language) => languages.includes(language)),
    timeZone: oneOf(isTimeZone),
    paymentTermsDays: v.pipe(
      line(3),
      v.digits('settings.payment_terms.hint'),
      v.transform(Number),
      v.maxValue(MAX_TERMS_DAYS, 'settings.payment_terms.hint'),
    ),
  })

const topicOf = (settings: AccountSettings): Topic<(typeof KEYS)[number]> => ({
  path: routes.documentSettings,
  title: 'settings.documents',
  keys: KEYS,
  values: (shown) => flatten(pick(shown, KEYS)),
  parse: (typed, t) => parseForm(formOf(languagesOf(settings)), typed, t),
  labels: (_, t) => [
    ['currency', t('settings.currency')],
    ['language', t('settings.language')],
    ['timeZone', t('settings.time_zone')],
    ['paymentTermsDays', t('settings.payment_terms')],
  ],
  Page: DocumentSettingsPage,
})

export const documentSettings = new Hono<AccountEnv>()
documentSettings.get(routes.documentSettings, (c) => showTopic(c, topicOf(c.var.signedIn.settings)))
documentSettings.post(routes.documentSettings, requireRole('admin'), async (c) =>
  saveTopic(c, topicOf(c.var.signedIn.settings), await readForm(c)),
)
