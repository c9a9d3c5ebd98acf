import { PROVIDERS } from '../../domain/provider'
import {
  type AccountProvider,
  type ConnectionPlace,
  PROVIDER_FIELDS,
  SMTP_PORTS,
} from '../../domain/provider-connection'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { ErrorSummary, Field, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { SettingsTopic } from './settings-page'

export interface ProviderFormProps {
  place: ConnectionPlace
  kind: AccountProvider
  form: FormState
  /** Secrets that are saved already. */
  saved: readonly string[]
  /** Form values name a port that only a developer's machine may use. */
  anyPort: boolean
}

/** Shows one provider's form. */
export const ProviderFormPage = ({ place, kind, form, saved, anyPort }: ProviderFormProps) => {
  const { t } = useFrame()
  const name = t(`provider.kind.${kind}`)
  return (
    <SettingsTopic title="settings.provider">
      <form class="card form" method="post" action={`${routes.provider(place)}?kind=${kind}`} novalidate>
        <h2>
          {t(`provider.place.${place}`)}: {name}
        </h2>
        <p class="muted">{t(`provider.kind.${kind}.text`)}</p>
        <ErrorSummary form={form} />
        <Field
          form={form}
          name="from"
          type="email"
          label={t('provider.field.from')}
          hint={t('provider.field.from.hint')}
        />
        {PROVIDER_FIELDS[kind].map((field) => (
          <ProviderField {...{ form, kind, saved, anyPort, ...field }} />
        ))}
        {kind !== 'smtp' && (
          <Field
            form={form}
            name="hookSecret"
            optional
            label={t('provider.field.hookSecret')}
            hint={t(`provider.hook.${kind}`)}
            placeholder={saved.includes('hookSecret') ? t('stripe.saved.placeholder') : ''}
            autocomplete="off"
            spellcheck={false}
          />
        )}
        <div class="form-actions">
          <button type="submit" class="primary">
            {t('form.save_changes')}
          </button>
          <a class="button" href={routes.providers}>
            {t('form.cancel')}
          </a>
        </div>
      </form>
    </SettingsTopic>
  )
}

interface ProviderFieldProps extends Omit<ProviderFormProps, 'place'> {
  name: string
  secret?: boolean
  optional?: boolean
}

const ProviderField = ({ form, kind, saved, anyPort, name, secret, optional }: ProviderFieldProps) => {
  const { t } = useFrame()
  const label = t(`provider.field.${name}` as Key)
  if (name === 'region') {
    const options = PROVIDERS[kind].regions.map((value) => ({ value, label: value }))
    return <Select form={form} name={name} label={label} options={options} />
  }
  if (name === 'port' && !anyPort) {
    const options = Object.entries(SMTP_PORTS).map(([value, security]) => ({
      value,
      label: `${value} (${security.toUpperCase()})`,
    }))
    return <Select form={form} name={name} label={label} options={options} />
  }
  return (
    <Field
      form={form}
      name={name}
      label={label}
      optional={optional ?? false}
      autocomplete="off"
      spellcheck={false}
      placeholder={secret && saved.includes(name) ? t('stripe.saved.placeholder') : ''}
    />
  )
}
