import { type Context, Hono } from 'hono'
import { restartSearches } from '../../commands/maintenance/apply-retention'
import { DOCUMENT_YEARS, EVENT_DAYS, leastYears, MAIL_MONTHS, retentionOf } from '../../domain/retention'
import type { Translate } from '../../i18n'
import { formatUnits } from '../../i18n/format'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { type FormState, type FormValues, flatten, readForm } from '../ui/form-state'
import { RetentionSettingsPage } from './retention-page'
import { saveTopic, showTopic, type Topic } from './topic'

/** How long things are kept. */
function topicOf(c: Context<AccountEnv>): Topic<'retention'> {
  const { country } = c.var.signedIn.company.address
  return {
    path: routes.retentionSettings,
    title: 'settings.retention',
    keys: ['retention'],
    values: (settings) => flatten(retentionOf(settings, country)),
    parse: (typed, t, language) => parse(typed, t, { least: leastYears(country), language }),
    andThen: ({ retention }) => (retention ? restartSearches(retention) : []),
    labels: (_, t) => [
      ['mailMonths', t('settings.retention.mails')],
      ['eventDays', t('settings.retention.events')],
      ['documentYears', t('settings.retention.documents')],
    ],
    Page: (props) => <RetentionSettingsPage {...props} least={leastYears(country)} />,
  }
}

type Parsed = { ok: true; value: { retention: { mailMonths: number; eventDays: number; documentYears: number } } }

function parse(
  typed: FormValues,
  t: Translate,
  { least, language }: { least: number; language: string },
): Parsed | ({ ok: false } & FormState) {
  const one = (choices: readonly number[], name: string) => choices.find((choice) => String(choice) === typed[name])
  const [mailMonths, eventDays] = [one(MAIL_MONTHS, 'mailMonths'), one(EVENT_DAYS, 'eventDays')]
  const documentYears = one(DOCUMENT_YEARS, 'documentYears')
  const tooShort = t('settings.retention.too_short', { years: formatUnits(least, 'year', language) })
  const errors = {
    ...(mailMonths === undefined && { mailMonths: t('field.invalid') }),
    ...(eventDays === undefined && { eventDays: t('field.invalid') }),
    ...(documentYears === undefined && { documentYears: t('field.invalid') }),
    ...(documentYears !== undefined && documentYears < least && { documentYears: tooShort }),
  }
  if (mailMonths === undefined || eventDays === undefined || documentYears === undefined || documentYears < least)
    return { ok: false, values: typed, errors }
  return { ok: true, value: { retention: { mailMonths, eventDays, documentYears } } }
}

export const retentionSettings = new Hono<AccountEnv>()
retentionSettings.get(routes.retentionSettings, (c) => showTopic(c, topicOf(c)))
retentionSettings.post(routes.retentionSettings, requireRole('admin'), async (c) =>
  saveTopic(c, topicOf(c), await readForm(c)),
)
