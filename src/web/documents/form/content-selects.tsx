import { languagesOf } from '../../../domain/languages'
import { languageName } from '../../../i18n/format'
import { Select } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'
import { currencyOptions } from '../../ui/options'

interface Props {
  form: FormState
  name: string
}

export const CurrencySelect = (props: Props) => {
  const { t, language } = useFrame()
  return <Select {...props} label={t('documents.currency')} options={currencyOptions(language)} />
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
