import type { WebhookEndpoint } from '../../db/webhook-endpoints'
import { formatTime } from '../../i18n/format'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { CopyButton } from '../ui/copy-button'
import { ErrorSummary } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Notice } from '../ui/notice'
import { DangerForm } from './danger-form'
import { SaveBar, SettingsTopic } from './settings-page'
import { WebhookFields } from './webhook-fields'
import { type CallPage, WebhookLog } from './webhook-log'
import { DisabledReason, WebhookState } from './webhook-state'

interface Props {
  endpoint: WebhookEndpoint
  form: FormState
  /** A secret that was just made: it is shown this once. */
  secret: string | undefined
  calls: CallPage
}

/** Shows an endpoint: its state, its settings, and what was posted to it. */
export const WebhookPage = ({ endpoint, form, secret, calls }: Props) => {
  const { t } = useFrame()
  const may = useMay('admin')
  return (
    <SettingsTopic title="settings.webhooks">
      <Breadcrumb href={routes.webhookSettings}>{t('webhooks.endpoints')}</Breadcrumb>
      <ErrorSummary form={form} />
      {secret && <NewSecret secret={secret} />}
      <section class="card form" aria-labelledby="endpoint">
        <div class="cluster">
          <h2 id="endpoint" class="break-all">
            {endpoint.url}
          </h2>
          <WebhookState endpoint={endpoint} />
        </div>
        <DisabledReason endpoint={endpoint} />
        {may && <Actions endpoint={endpoint} />}
      </section>
      <WebhookLog endpoint={endpoint} calls={calls} />
      {may && (
        <>
          <form class="card form" method="post" action={routes.webhook(endpoint.id)} novalidate>
            <h2>{t('webhooks.settings')}</h2>
            <WebhookFields form={form} />
            <SaveBar />
          </form>
          <SecretForm endpoint={endpoint} />
          <details class="card">
            <summary>{t('webhooks.remove')}</summary>
            <DangerForm
              action={routes.webhookRemoval(endpoint.id)}
              text={t('webhooks.remove.text')}
              button={t('webhooks.remove.button')}
            />
          </details>
        </>
      )}
    </SettingsTopic>
  )
}

const NewSecret = ({ secret }: { secret: string }) => {
  const { t } = useFrame()
  return (
    <Notice tone="good">
      <h2>{t('webhooks.secret.title')}</h2>
      <div class="field">
        <div class="cluster">
          <label for="secret">{t('webhooks.secret')}</label>
          <CopyButton text={secret} label={t('webhooks.secret')} />
        </div>
        <input id="secret" value={secret} readonly spellcheck={false} />
      </div>
      <p>{t('webhooks.secret.text')}</p>
    </Notice>
  )
}

const Actions = ({ endpoint: { id, disabledAt } }: { endpoint: WebhookEndpoint }) => {
  const { t } = useFrame()
  const works = disabledAt === null
  return (
    <>
      <div class="form-actions">
        {works && (
          <form method="post" action={routes.webhookTests(id)}>
            <button type="submit">
              <Icon name="send" /> {t('webhooks.test')}
            </button>
          </form>
        )}
        <form method="post" action={routes.webhookActivation(id)}>
          <input type="hidden" name="enabled" value={works ? '' : 'on'} />
          <button type="submit">{t(works ? 'webhooks.switch_off' : 'webhooks.switch_on')}</button>
        </form>
      </div>
      <p class="hint">{t(works ? 'webhooks.actions.text' : 'webhooks.switch_on.text')}</p>
    </>
  )
}

const SecretForm = ({ endpoint: { id, previousUntil } }: { endpoint: WebhookEndpoint }) => {
  const { t, language, timeZone, now } = useFrame()
  return (
    <details class="card">
      <summary>{t('webhooks.secret.new')}</summary>
      <form class="stack" method="post" action={routes.webhookSecrets(id)}>
        <p class="muted">{t('webhooks.secret.new.text')}</p>
        {previousUntil !== null && previousUntil > now && (
          <p>{t('webhooks.secret.previous', { time: formatTime(previousUntil, language, timeZone) })}</p>
        )}
        <input type="hidden" name="seen" value={String(previousUntil ?? '')} />
        <div>
          <button type="submit">{t('webhooks.secret.new.button')}</button>
        </div>
      </form>
    </details>
  )
}
