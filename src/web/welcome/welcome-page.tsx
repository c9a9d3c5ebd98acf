import * as v from 'valibot'
import { isTimeZone } from '../../domain/calendar'
import { isCountry } from '../../domain/countries'
import { isCurrency } from '../../domain/currencies'
import { isLanguage } from '../../i18n'
import { routes } from '../../routes'
import { oneOf } from '../ui/fields'
import { ErrorSummary, Field, Select } from '../ui/form'
import { type FormState, line, requiredLine } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { countryOptions, currencyOptions, languageOptions, noChoice, timeZoneOptions } from '../ui/options'

export const WelcomeForm = v.object({
  legalName: requiredLine(),
  name: line(),
  country: oneOf(isCountry),
  currency: oneOf(isCurrency),
  language: oneOf(isLanguage),
  timeZone: oneOf(isTimeZone),
})

export const WelcomePage = ({ form }: { form: FormState }) => {
  const { t, language } = useFrame()
  return (
    <form class="card form" method="post" action={routes.welcome} novalidate>
      <div>
        <h1>{t('welcome.title')}</h1>
        <p class="muted">{t('welcome.text')}</p>
      </div>
      <ErrorSummary form={form} labels={{ legalName: t('company.legal_name'), country: t('address.country') }} />
      <Field
        form={form}
        name="legalName"
        label={t('company.legal_name')}
        hint={t('company.legal_name.hint')}
        autocomplete="organization"
        required
      />
      <Field form={form} name="name" label={t('you.name')} hint={t('you.name.hint')} autocomplete="name" optional />
      <div class="field-row">
        <Select
          form={form}
          name="country"
          label={t('address.country')}
          options={[noChoice, ...countryOptions(language)]}
          autocomplete="country"
          required
        />
        <Select form={form} name="currency" label={t('settings.currency')} options={currencyOptions(language)} />
      </div>
      <div class="field-row">
        <Select form={form} name="language" label={t('settings.language')} options={languageOptions()} />
        <Select
          form={form}
          name="timeZone"
          label={t('settings.time_zone')}
          options={timeZoneOptions()}
          attributes={form.values.timeZone === 'UTC' ? { 'data-guess-time-zone': '' } : {}}
        />
      </div>
      <button type="submit" class="primary block">
        {t('welcome.button')}
      </button>
    </form>
  )
}
