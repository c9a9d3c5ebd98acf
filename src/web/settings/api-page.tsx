import type { ApiKey } from '../../db/api-keys'
import { API_SCOPES } from '../../domain/api-key'
import { formatDay } from '../../i18n/format'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { Checkbox, ErrorSummary, Field, FieldError, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { Notice } from '../ui/notice'
import { ExactTime } from '../ui/values'
import { SettingsTopic } from './settings-page'

export interface ApiProps {
  keys: ApiKey[]
  form: FormState
  /** The text of a key that was just made: it is shown this once. */
  created: string | undefined
}

export const ApiPage = ({ keys, form, created }: ApiProps) => {
  const { t } = useFrame()
  const may = useMay('admin')
  return (
    <SettingsTopic title="settings.api">
      <p class="muted">
        {t('api.text')} <a href={routes.docs}>{t('api.reference')}</a>
      </p>
      <ErrorSummary form={form} />
      {created && <CreatedKey text={created} />}
      <section class="stack" aria-labelledby="keys">
        <h2 id="keys">{t('api.keys')}</h2>
        {keys.length === 0 ? (
          <p>{t('api.none')}</p>
        ) : (
          <ul class="card flush people">
            {keys.map((key) => (
              <KeyRow apiKey={key} may={may} />
            ))}
          </ul>
        )}
      </section>
      {may ? <NewKey form={form} /> : <p class="hint">{t('settings.for_admins')}</p>}
    </SettingsTopic>
  )
}

const CreatedKey = ({ text }: { text: string }) => {
  const { t } = useFrame()
  return (
    <Notice tone="good">
      <h2>{t('api.created.title')}</h2>
      <div class="field">
        <label for="created-key">{t('api.key')}</label>
        <input id="created-key" value={text} readonly spellcheck={false} />
      </div>
      <p>{t('api.created.text')}</p>
    </Notice>
  )
}

const KeyRow = ({ apiKey, may }: { apiKey: ApiKey; may: boolean }) => {
  const { t, language, timeZone } = useFrame()
  const { id, name, prefix, scopes, test, createdAt, lastUsedAt } = apiKey
  return (
    <li>
      <form class="person-line" method="post" action={routes.apiKeyRevocation(id)}>
        <span>
          <span class="cluster">
            <span class="strong break-all">{name}</span>
            <code>{prefix}…</code>
            {test && <Badge tone="idle">{t('api.mode.test')}</Badge>}
          </span>
          <span class="muted small block">
            {API_SCOPES.filter((scope) => scopes.includes(scope))
              .map((scope) => t(`api.scope.${scope}`))
              .join(' · ')}
          </span>
          <span class="muted small block">
            {t('api.made')} <ExactTime at={createdAt} /> ·{' '}
            {lastUsedAt === null ? (
              t('api.never_used')
            ) : (
              <>
                {t('api.last_used')}{' '}
                <time datetime={new Date(lastUsedAt).toISOString()}>{formatDay(lastUsedAt, language, timeZone)}</time>
              </>
            )}
          </span>
        </span>
        {may && (
          <button type="submit" class="push danger" aria-label={t('api.revoke.of', { name })}>
            {t('api.revoke')}
          </button>
        )}
      </form>
    </li>
  )
}

const NewKey = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  const modes = (['live', 'test'] as const).map((mode) => ({ value: mode, label: t(`api.mode.${mode}`) }))
  return (
    <form class="card form" method="post" action={routes.apiSettings} novalidate>
      <h2>{t('api.new')}</h2>
      <input type="hidden" name="id" value={form.values.id ?? ''} />
      <Field form={form} name="name" label={t('api.name')} hint={t('api.name.hint')} autocomplete="off" />
      <fieldset class="form">
        <legend>{t('api.scopes')}</legend>
        {API_SCOPES.map((scope) => (
          <Checkbox form={form} name={scope} label={t(`api.scope.${scope}`)} />
        ))}
        <FieldError form={form} name="scopes" />
      </fieldset>
      <Select form={form} name="mode" label={t('api.mode')} hint={t('api.mode.hint')} options={modes} />
      <div class="form-actions">
        <button type="submit" class="primary">
          {t('api.create')}
        </button>
      </div>
    </form>
  )
}
