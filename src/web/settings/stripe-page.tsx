import type { StripeConnection } from '../../db/stripe'
import { STRIPE_EVENTS } from '../../domain/stripe/facts'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary, Field, type Option, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Pages } from '../ui/pages'
import { DangerForm } from './danger-form'
import { SaveBar, SettingsTopic } from './settings-page'
import { type EventPage, StripeEvents } from './stripe-events'

export interface StripeProps {
  connection: StripeConnection | undefined
  /** URL for Stripe's webhook endpoint. */
  webhookUrl: string
  form: FormState
  /** Its values hold `tagOf` the saved rate. */
  tax: { form: FormState; options: readonly Option[] }
  /** Events that could not be mapped, newest first. */
  unmapped: EventPage
}

export const StripePage = (props: StripeProps) => {
  const { t } = useFrame()
  const { connection, form, tax, unmapped } = props
  return (
    <SettingsTopic title="settings.stripe">
      <p class="muted">{t('stripe.text')}</p>
      <ErrorSummary form={form} />
      <ErrorSummary form={tax.form} />
      {connection ? <Connected {...props} connection={connection} /> : <Connect />}
      <AutomaticTax {...props} />
      {(unmapped.events.length > 0 || unmapped.first) && (
        <section class="stack" aria-labelledby="unmapped">
          <h2 id="unmapped">{t('stripe.unmapped')}</h2>
          <StripeEvents events={unmapped.events} />
          <Pages first={unmapped.first} next={unmapped.next} nextLabel="documents.older" />
        </section>
      )}
      {connection && (
        <p>
          <a href={routes.stripeEvents}>{t('stripe.all_events')}</a>
        </p>
      )}
    </SettingsTopic>
  )
}

const Connect = () => {
  const { t } = useFrame()
  const may = useMay('admin')
  return (
    <div class="card empty">
      <Icon name="credit-card" />
      <h2>{t('stripe.connect.title')}</h2>
      <p>{t('stripe.connect.text')}</p>
      {may && (
        <form method="post" action={routes.stripeConnection}>
          <button type="submit" class="primary">
            {t('stripe.connect.button')}
          </button>
        </form>
      )}
    </div>
  )
}

const Connected = ({ connection, webhookUrl, form }: StripeProps & { connection: StripeConnection }) => {
  const { t } = useFrame()
  return (
    <ForAdmins>
      <section class="card form" aria-labelledby="webhook">
        <div>
          <h2 id="webhook">{t('stripe.webhook')}</h2>
          <p class="muted">{t('stripe.webhook.text')}</p>
        </div>
        <div class="field">
          <label for="webhook-url">{t('stripe.webhook.url')}</label>
          <input id="webhook-url" value={webhookUrl} readonly spellcheck={false} />
        </div>
        <details>
          <summary>{t('stripe.webhook.events')}</summary>
          <ul class="plain-list">
            {STRIPE_EVENTS.map((name) => (
              <li>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </details>
      </section>
      <form class="card form" method="post" action={routes.stripeSettings} novalidate>
        <h2>{t('stripe.secrets')}</h2>
        <SecretField form={form} name="liveSecret" saved={connection.liveSecret !== null} />
        <SecretField form={form} name="testSecret" saved={connection.testSecret !== null} />
        <details open={connection.liveKey !== null || Boolean(form.errors.liveKey ?? form.errors.testKey)}>
          <summary>{t('stripe.keys')}</summary>
          <div class="stack">
            <p class="hint">{t('stripe.keys.text')}</p>
            <SecretField form={form} name="liveKey" saved={connection.liveKey !== null} />
            <SecretField form={form} name="testKey" saved={connection.testKey !== null} />
          </div>
        </details>
        <SaveBar />
      </form>
      <details>
        <summary>{t('stripe.disconnect')}</summary>
        <DangerForm
          action={routes.stripeDisconnection}
          text={t('stripe.disconnect.text')}
          button={t('stripe.disconnect.button')}
        />
      </details>
    </ForAdmins>
  )
}

type SecretName = 'liveSecret' | 'testSecret' | 'liveKey' | 'testKey'

/** Shows a field for a secret. The saved one is not shown, only that it exists. */
const SecretField = ({ form, name, saved }: { form: FormState; name: SecretName; saved: boolean }) => {
  const { t } = useFrame()
  const label = (
    <span class="cluster">
      {t(`stripe.${name}`)}
      {saved && (
        <Badge tone="good" icon="circle-check">
          {t('stripe.saved')}
        </Badge>
      )}
    </span>
  )
  const placeholder = saved ? t('stripe.saved.placeholder') : ''
  return <Field form={form} name={name} label={label} autocomplete="off" spellcheck={false} placeholder={placeholder} />
}

const AutomaticTax = ({ tax }: StripeProps) => {
  const { t } = useFrame()
  return (
    <ForAdmins>
      <form class="card form" method="post" action={routes.stripeTax} novalidate>
        <h2>{t('stripe.tax')}</h2>
        <input type="hidden" name="tag" value={tax.form.values.tag ?? ''} />
        <Select
          form={tax.form}
          name="automaticTax"
          label={t('stripe.tax.label')}
          hint={t('stripe.tax.hint')}
          options={[{ value: '', label: t('stripe.tax.unset') }, ...tax.options]}
        />
        <div class="form-actions">
          <button type="submit">{t('form.save_changes')}</button>
        </div>
      </form>
    </ForAdmins>
  )
}
