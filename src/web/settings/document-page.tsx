import { routes } from '../../routes'
import { Conflict } from '../ui/conflict'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary, Field, Select } from '../ui/form'
import { useFrame } from '../ui/frame'
import { accountLanguageOptions, currencyOptions, timeZoneOptions } from '../ui/options'
import { SaveBar, SettingsTopic } from './settings-page'
import type { TopicProps } from './topic'

export const DocumentSettingsPage = ({ form, tag, conflict }: TopicProps) => {
  const { t, language, signedIn } = useFrame()
  return (
    <SettingsTopic title="settings.documents">
      {conflict.length > 0 && <Conflict differences={conflict} />}
      <ErrorSummary form={form} />
      <ForAdmins>
        <form class="card form" method="post" action={routes.documentSettings} novalidate>
          <Select
            form={form}
            name="currency"
            label={t('settings.currency')}
            hint={t('settings.currency.hint')}
            options={currencyOptions(language)}
          />
          <Select
            form={form}
            name="language"
            label={t('settings.language')}
            hint={t('settings.language.hint')}
            options={signedIn ? accountLanguageOptions(signedIn.settings) : []}
          />
          <Select
            form={form}
            name="timeZone"
            label={t('settings.time_zone')}
            hint={t('settings.time_zone.hint')}
            options={timeZoneOptions()}
          />
          <Field
            form={form}
            name="paymentTermsDays"
            label={t('settings.payment_terms')}
            hint={t('settings.payment_terms.hint')}
            inputmode="numeric"
            numeric
            class="short"
          />
          <SaveBar tag={tag} />
        </form>
      </ForAdmins>
    </SettingsTopic>
  )
}
