import { type Context, Hono } from 'hono'
import { restartSearches } from '../../commands/maintenance/apply-retention'
import {
  countsFinancialYears,
  DOCUMENT_YEARS,
  EVENT_DAYS,
  isRuleKnown,
  leastYears,
  MAIL_MONTHS,
  MONTHS,
  type Retention,
  retentionOf,
} from '../../domain/retention'
import type { Translate } from '../../i18n'
import { formatUnits } from '../../i18n/format'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { type FormState, type FormValues, flatten, readForm } from '../ui/form-state'
import { RetentionSettingsPage } from './retention-page'
import { saveTopic, showTopic, type Topic } from './topic'

/** Describes the retention page. */
function topicOf(c: Context<AccountEnv>): Topic<'retention'> {
  const { settings: stored, company } = c.var.signedIn
  const { country } = company.address
  return {
    path: routes.retentionSettings,
    title: 'settings.retention',
    keys: ['retention'],
    values: (settings) => flatten(retentionOf(settings, country)),
    parse: (typed, t, language) => parse(typed, t, { country, language, stored: stored.retention?.financialYearEnd }),
    andThen: ({ retention }) => (retention ? restartSearches(retention) : []),
    labels: (_, t) => [
      ['mailMonths', t('settings.retention.mails')],
      ['eventDays', t('settings.retention.events')],
      ['documentYears', t('settings.retention.documents')],
      ['financialYearEnd', t('settings.retention.financial_year')],
    ],
    Page: RetentionSettingsPage,
  }
}

type Parsed = { ok: true; value: { retention: Retention } }

function parse(
  typed: FormValues,
  t: Translate,
  { country, language, stored }: { country: string; language: string; stored: number | undefined },
): Parsed | ({ ok: false } & FormState) {
  const least = leastYears(country)
  const choiceOf = (choices: readonly number[], name: string) =>
    choices.find((choice) => String(choice) === typed[name])
  const [mailMonths, eventDays] = [choiceOf(MAIL_MONTHS, 'mailMonths'), choiceOf(EVENT_DAYS, 'eventDays')]
  const documentYears = choiceOf(DOCUMENT_YEARS, 'documentYears')
  // Where the law counts calendar years the form has no field for it, and the value saved for another country stays.
  const financialYearEnd = countsFinancialYears(country) ? choiceOf(MONTHS, 'financialYearEnd') : stored
  const years = formatUnits(least, 'year', language)
  const tooShort = t(isRuleKnown(country) ? 'settings.retention.too_short' : 'settings.retention.too_short.unknown', {
    years,
  })
  const errors = {
    ...(mailMonths === undefined && { mailMonths: t('field.invalid') }),
    ...(eventDays === undefined && { eventDays: t('field.invalid') }),
    ...(documentYears === undefined && { documentYears: t('field.invalid') }),
    ...(documentYears !== undefined && documentYears < least && { documentYears: tooShort }),
    ...(typed.financialYearEnd && financialYearEnd === undefined && { financialYearEnd: t('field.invalid') }),
  }
  if (mailMonths === undefined || eventDays === undefined || documentYears === undefined || hasKeys(errors))
    return { ok: false, values: typed, errors }
  const retention = { mailMonths, eventDays, documentYears, ...(financialYearEnd && { financialYearEnd }) }
  return { ok: true, value: { retention } }
}

const hasKeys = (errors: object): boolean => Object.keys(errors).length > 0

export const retentionSettings = new Hono<AccountEnv>()
retentionSettings.get(routes.retentionSettings, (c) => showTopic(c, topicOf(c)))
retentionSettings.post(routes.retentionSettings, requireRole('admin'), async (c) =>
  saveTopic(c, topicOf(c), await readForm(c)),
)
