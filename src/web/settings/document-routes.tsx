import { Hono } from 'hono'
import * as v from 'valibot'
import { pick } from '../../commands/save-settings'
import { isTimeZone } from '../../domain/calendar'
import { isCurrency } from '../../domain/currencies'
import { isLanguage } from '../../i18n'
import { routes } from '../../routes'
import type { AppEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { oneOf } from '../ui/fields'
import { flatten, line, parseForm, readForm } from '../ui/form-state'
import { DocumentSettingsPage } from './document-page'
import { saveTopic, showTopic, type Topic } from './topic'

const KEYS = ['currency', 'language', 'timeZone', 'paymentTermsDays'] as const
const MAX_TERMS_DAYS = 365

const DocumentForm = v.object({
  currency: oneOf(isCurrency),
  language: oneOf(isLanguage),
  timeZone: oneOf(isTimeZone),
  paymentTermsDays: v.pipe(
    line(3),
    v.digits('settings.payment_terms.hint'),
    v.transform(Number),
    v.maxValue(MAX_TERMS_DAYS, 'settings.payment_terms.hint'),
  ),
})

const topic: Topic<(typeof KEYS)[number]> = {
  path: routes.documentSettings,
  title: 'settings.documents',
  keys: KEYS,
  values: (settings) => flatten(pick(settings, KEYS)),
  parse: (typed, t) => parseForm(DocumentForm, typed, t),
  labels: (_, t) => [
    ['currency', t('settings.currency')],
    ['language', t('settings.language')],
    ['timeZone', t('settings.time_zone')],
    ['paymentTermsDays', t('settings.payment_terms')],
  ],
  Page: DocumentSettingsPage,
}

export const documentSettings = new Hono<AppEnv>()
documentSettings.get(topic.path, (c) => showTopic(c, topic))
documentSettings.post(topic.path, requireRole('admin'), async (c) => saveTopic(c, topic, await readForm(c)))
