import * as v from 'valibot'
import { isTimeZone } from '../../domain/calendar'
import { isCountry } from '../../domain/countries'
import { isCurrency } from '../../domain/currencies'
import { BUILT_IN_LANGUAGES } from '../../domain/languages'
import { routes } from '../../routes'
import { oneOf } from '../ui/fields'
import { ErrorSummary, Field, Select } from '../ui/form'
import { type FormState, legalNameLine, nameLine } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { countryOptions, currencyOptions, languageOptions, noChoice, timeZoneOptions } from '../ui/options'

export const WelcomeForm = v.object({
  legalName: legalNameLine(),
  name: nameLine(),
  country: oneOf(isCountry),
  currency: oneOf(isCurrency),
  language: v.pipe(v.optional(v.string(), ''), v.picklist(BUILT_IN_LANGUAGES, 'field.invalid')),
  timeZone: oneOf(isTimeZone),
})

interface Props {
  form: FormState
  /** Set if a person opens a further account, so that posting the form twice creates one. */
  formKey?: string
}

export const WelcomePage = ({ form, formKey }: Props) => {
  const { t, language } = useFrame()
  return (
    <form class="card form" method="post" action={formKey ? routes.accounts : routes.welcome} novalidate>
      <div>
        <h1>{t(formKey ? 'accounts.new.title' : 'welcome.title')}</h1>
        <p class="muted">{t(formKey ? 'accounts.new.text' : 'welcome.text')}</p>
      </div>
      {formKey && <input type="hidden" name="key" value={formKey} />}
      <ErrorSummary form={form} labels={{ legalName: t('company.legal_name'), country: t('address.country') }} />
      <Field
        form={form}
        name="legalName"
        label={t('company.legal_name')}
        hint={t('company.legal_name.hint')}
        autocomplete="organization"
        required
      />
      {!formKey && (
        <Field form={form} name="name" label={t('you.name')} hint={t('you.name.hint')} autocomplete="name" optional />
      )}
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

/** Tells a person without membership that this deployment requires an invitation. */
export const NoAccountPage = ({ email }: { email: string }) => {
  const { t } = useFrame()
  return (
    <form class="card empty" method="post" action={routes.signOut}>
      <Icon name="users" />
      <h1>{t('no_account.title')}</h1>
      <p class="break-all">{t('no_account.text', { email })}</p>
      <button type="submit">{t('nav.sign_out')}</button>
    </form>
  )
}
