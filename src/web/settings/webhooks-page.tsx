import type { WebhookEndpoint } from '../../db/webhook-endpoints'
import { routes } from '../../routes'
import { ErrorSummary, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { SettingsTopic } from './settings-page'
import { WebhookFields } from './webhook-fields'
import { DisabledReason, WebhookState } from './webhook-state'

const STANDARD_WEBHOOKS = 'https://www.standardwebhooks.com/'

/** Shows the endpoints of an account, and the form of a new one. */
export const WebhooksPage = ({ endpoints, form }: { endpoints: WebhookEndpoint[]; form: FormState }) => {
  const { t } = useFrame()
  const may = useMay('admin')
  return (
    <SettingsTopic title="settings.webhooks">
      <p class="muted">
        {t('webhooks.text')} <a href={routes.docsResource('webhook-endpoints')}>{t('webhooks.reference')}</a> ·{' '}
        <a href={STANDARD_WEBHOOKS} rel="noreferrer">
          {t('webhooks.standard')}
        </a>
      </p>
      <ErrorSummary form={form} />
      <section class="stack" aria-labelledby="endpoints">
        <h2 id="endpoints">{t('webhooks.endpoints')}</h2>
        {endpoints.length === 0 ? (
          <p>{t('webhooks.none')}</p>
        ) : (
          <ul class="card flush people">
            {endpoints.map((endpoint) => (
              <EndpointRow endpoint={endpoint} />
            ))}
          </ul>
        )}
      </section>
      {may && <NewEndpoint form={form} />}
    </SettingsTopic>
  )
}

const EndpointRow = ({ endpoint }: { endpoint: WebhookEndpoint }) => (
  <li>
    <div class="cluster">
      <a class="break-all" href={routes.webhook(endpoint.id)}>
        {endpoint.url}
      </a>
      <WebhookState endpoint={endpoint} />
    </div>
    {endpoint.description && <p class="muted small break-all">{endpoint.description}</p>}
    <DisabledReason endpoint={endpoint} />
  </li>
)

const NewEndpoint = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  const modes = (['live', 'test'] as const).map((mode) => ({ value: mode, label: t(`api.mode.${mode}`) }))
  return (
    <form class="card form" method="post" action={routes.webhookSettings} novalidate>
      <h2>{t('webhooks.new')}</h2>
      <input type="hidden" name="id" value={form.values.id ?? ''} />
      <WebhookFields form={form} />
      <Select form={form} name="mode" label={t('api.mode')} hint={t('webhooks.mode.hint')} options={modes} />
      <div class="form-actions">
        <button type="submit" class="primary">
          {t('webhooks.create')}
        </button>
      </div>
    </form>
  )
}
