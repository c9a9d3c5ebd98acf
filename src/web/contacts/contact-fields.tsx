import { CONTACT_MAX_CHARS } from '../../domain/contact'
import { COUNTRIES } from '../../domain/countries'
import { CURRENCIES } from '../../domain/currencies'
import { MAX_EMAILS } from '../../domain/email-addresses'
import { languagesOf } from '../../domain/languages'
import { countryName, currencyName, languageName } from '../../i18n/format'
import { routes } from '../../routes'
import { askSuggestions, suggestionsId } from '../ui/address-suggestions'
import { Field, type Option, Select, TextArea } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'

interface Props {
  form: FormState
  /** Prefix of each field's name inside another form. */
  prefix?: string
  /** True if the field of the name gets the focus. */
  autofocus?: boolean
}

/** Shows fields for a contact's identity and addresses. */
export const ContactFields = ({ form, prefix = '', autofocus = false }: Props) => {
  const { t } = useFrame()
  const field = (name: string) => ({ form, name: prefix + name })
  return (
    <>
      <div class="field-row">
        <Field
          {...field('name')}
          label={t('contact.name')}
          maxlength={CONTACT_MAX_CHARS.name}
          required
          class="wide"
          autofocus={autofocus}
        />
        <Select {...field('kind')} label={t('contact.kind')} options={kindOptions(t)} />
      </div>
      <Field
        {...field('emails')}
        label={t('contact.emails')}
        hint={t('contact.emails.hint', { max: MAX_EMAILS })}
        inputmode="email"
        spellcheck={false}
        attributes={askSuggestions(routes.contactSuggestions, `${prefix}emails`)}
      />
      <div id={suggestionsId(`${prefix}emails`)} hidden />
      <TextArea {...field('lines')} label={t('contact.lines')} hint={t('contact.lines.hint')} rows={2} />
      <div class="field-row">
        <Field {...field('postcode')} label={t('contact.postcode')} maxlength={CONTACT_MAX_CHARS.postcode} />
        <Field {...field('town')} label={t('contact.town')} maxlength={CONTACT_MAX_CHARS.town} class="wide" />
      </div>
      <div class="field-row">
        <Field {...field('region')} label={t('contact.region')} maxlength={CONTACT_MAX_CHARS.region} />
        <CountrySelect {...field('country')} />
      </div>
      <Field {...field('vatId')} label={t('contact.vat_id')} maxlength={CONTACT_MAX_CHARS.vatId} spellcheck={false} />
    </>
  )
}

/** Shows fields for the language and currency of a contact's documents, and for the merchant's notes. */
export const MoreContactFields = ({ form, prefix = '' }: Props) => {
  const { t, signedIn } = useFrame()
  const field = (name: string) => ({ form, name: prefix + name })
  const { language = 'en', currency = 'EUR' } = signedIn?.settings ?? {}
  return (
    <>
      <div class="field-row">
        <LanguageSelect {...field('language')} accountLanguage={language} />
        <CurrencySelect {...field('currency')} accountCurrency={currency} />
      </div>
      <TextArea
        {...field('notes')}
        label={t('contact.notes')}
        hint={t('contact.notes.hint')}
        maxlength={CONTACT_MAX_CHARS.notes}
      />
      <div class="field-row">
        <Field
          {...field('externalId')}
          label={t('contact.external_id')}
          hint={t('contact.external_id.hint')}
          maxlength={CONTACT_MAX_CHARS.externalId}
        />
        <Field
          {...field('source')}
          label={t('contact.source')}
          hint={t('contact.source.hint')}
          maxlength={CONTACT_MAX_CHARS.source}
        />
      </div>
    </>
  )
}

const kindOptions = (t: ReturnType<typeof useFrame>['t']): Option[] => [
  { value: 'company', label: t('contact.kind.company') },
  { value: 'person', label: t('contact.kind.person') },
]

interface SelectProps {
  form: FormState
  name: string
}

const CountrySelect = ({ form, name }: SelectProps) => {
  const { t, language } = useFrame()
  const options = named(COUNTRIES, (code) => countryName(code, language), language)
  return <Select {...{ form, name }} label={t('contact.country')} options={[NONE, ...options]} />
}

const LanguageSelect = ({ accountLanguage, ...field }: SelectProps & { accountLanguage: string }) => {
  const { t, language, signedIn } = useFrame()
  const chosen = field.form.values[field.name] ?? ''
  const offered = signedIn ? languagesOf(signedIn.settings) : []
  const tags = chosen === '' ? offered : [...new Set([...offered, chosen])]
  const options = tags.map((tag) => ({ value: tag, label: languageName(tag, language) }))
  const accountDefault = {
    value: '',
    label: t('contact.language.own', { language: languageName(accountLanguage, language) }),
  }
  return (
    <Select
      {...field}
      label={t('contact.language')}
      hint={t('contact.language.hint')}
      options={[accountDefault, ...options]}
    />
  )
}

const CurrencySelect = ({ accountCurrency, ...field }: SelectProps & { accountCurrency: string }) => {
  const { t, language } = useFrame()
  const options = CURRENCIES.map((code) => ({ value: code, label: `${code} – ${currencyName(code, language)}` }))
  const accountDefault = { value: '', label: t('contact.currency.own', { currency: accountCurrency }) }
  return <Select {...field} label={t('contact.currency')} options={[accountDefault, ...options]} />
}

const NONE: Option = { value: '', label: '–' }

const named = (codes: readonly string[], name: (code: string) => string, language: string): Option[] =>
  codes.map((value) => ({ value, label: name(value) })).sort((a, b) => a.label.localeCompare(b.label, language))
