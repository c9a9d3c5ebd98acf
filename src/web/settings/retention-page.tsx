import {
  countsFinancialYears,
  DOCUMENT_YEARS,
  EVENT_DAYS,
  isRuleKnown,
  leastYears,
  MAIL_MONTHS,
  MONTHS,
} from '../../domain/retention'
import { countryName, formatMonth, formatUnits } from '../../i18n/format'
import { routes } from '../../routes'
import { Conflict } from '../ui/conflict'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary, Select } from '../ui/form'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { SaveBar, SettingsTopic } from './settings-page'
import type { TopicProps } from './topic'

export const RetentionSettingsPage = ({ form, tag, conflict }: TopicProps) => {
  const { t, language, signedIn } = useFrame()
  const mayClose = useMay('owner')
  const options = (choices: readonly number[], unit: 'day' | 'month' | 'year') =>
    choices.map((value) => ({ value: String(value), label: formatUnits(value, unit, language) }))
  const country = signedIn?.company.address.country ?? ''
  const least = leastYears(country)
  const byFinancialYear = countsFinancialYears(country)
  const law = t(isRuleKnown(country) ? 'settings.retention.law' : 'settings.retention.law.unknown', {
    years: formatUnits(least, 'year', language),
    country: countryName(country, language),
  })
  const start = t(byFinancialYear ? 'settings.retention.documents.financial' : 'settings.retention.documents.calendar')
  return (
    <SettingsTopic title="settings.retention">
      {conflict.length > 0 && <Conflict differences={conflict} />}
      <ErrorSummary form={form} />
      <ForAdmins>
        <form class="card form" method="post" action={routes.retentionSettings} novalidate>
          <Select
            form={form}
            name="mailMonths"
            label={t('settings.retention.mails')}
            hint={t('settings.retention.mails.hint')}
            options={options(MAIL_MONTHS, 'month')}
          />
          <Select
            form={form}
            name="eventDays"
            label={t('settings.retention.events')}
            hint={t('settings.retention.events.hint')}
            options={options(EVENT_DAYS, 'day')}
          />
          <Select
            form={form}
            name="documentYears"
            label={t('settings.retention.documents')}
            hint={`${start} ${law}`}
            options={options(
              DOCUMENT_YEARS.filter((years) => years >= least),
              'year',
            )}
          />
          {byFinancialYear && (
            <Select
              form={form}
              name="financialYearEnd"
              label={t('settings.retention.financial_year')}
              hint={t('settings.retention.financial_year.hint')}
              options={[
                { value: '', label: t('settings.retention.financial_year.unknown') },
                ...MONTHS.map((month) => ({ value: String(month), label: formatMonth(month, language) })),
              ]}
            />
          )}
          <SaveBar tag={tag} />
        </form>
      </ForAdmins>
      {mayClose && (
        <p>
          <a href={routes.closing}>{t('closing.link')}</a>
        </p>
      )}
    </SettingsTopic>
  )
}
