import { CURRENCIES } from '../../../domain/currencies'
import { languagesOf } from '../../../domain/languages'
import { currencyName, languageName } from '../../../i18n/format'
import { Select } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'

interface Props {
  form: FormState
  name: string
}

export const CurrencySelect = (props: Props) => {
  const { t, language } = useFrame()
  const options = CURRENCIES.map((code) => ({ value: code, label: `${code} – ${currencyName(code, language)}` }))
  return <Select {...props} label={t('documents.currency')} options={options} />
}

/** Selects the document's language; empty = the contact's language, else the account's. */
export const LanguageSelect = (props: Props) => {
  const { t, language, signedIn } = useFrame()
  const chosen = props.form.values[props.name] ?? ''
  const tags = [...new Set([...(signedIn ? languagesOf(signedIn.settings) : []), chosen])].filter(Boolean)
  const contactLanguage = { value: '', label: t('documents.language.own') }
  const options = [contactLanguage, ...tags.map((tag) => ({ value: tag, label: languageName(tag, language) }))]
  return <Select {...props} label={t('documents.language')} options={options} />
}
