import type { ProviderConnection, ProviderState } from '../../db/provider-connections'
import { ACCOUNT_PROVIDERS, type ConnectionPlace, PLAIN_RETURN_PATH } from '../../domain/provider-connection'
import type { Key } from '../../i18n'
import { formatTime } from '../../i18n/format'
import { reasonText } from '../../i18n/reason'
import { routes } from '../../routes'
import { Badge, type Tone } from '../ui/badge'
import { CopyButton } from '../ui/copy-button'
import { ForAdmins } from '../ui/for-admins'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import type { IconName } from '../ui/icon-names'
import { useMay } from '../ui/may'
import { DangerForm } from './danger-form'
import { SettingsTopic } from './settings-page'

export interface ShownConnection {
  connection: ProviderConnection
  /** Undefined while it has had no trouble. */
  state: ProviderState | undefined
  /** The whole address that the provider is to call with its events. */
  webhookUrl: string
  /** Mails that can't be delivered come back to the deployment. */
  hearsBounces: boolean
}

export interface ProvidersProps {
  first: ShownConnection | undefined
  second: ShownConnection | undefined
  /** The From address of mails while no connection of the account's works. */
  platformAddress: string
  now: number
}

/** Shows an account's providers: which one carries its mails, how each is doing, and what to do next. */
export const ProvidersPage = ({ first, second, platformAddress, now }: ProvidersProps) => {
  const { t } = useFrame()
  const working = [first, second].find((shown) => shown?.connection.workingAt != null)
  return (
    <SettingsTopic title="settings.provider">
      <p class="muted">{t('provider.text')}</p>
      <section class="card" aria-labelledby="provider-now">
        <h2 id="provider-now">{t('provider.now')}</h2>
        <p>
          {working
            ? t('provider.now.own', {
                provider: t(`provider.kind.${working.connection.kind}`),
                address: working.connection.settings.from,
              })
            : t('provider.now.platform', { address: platformAddress })}
        </p>
      </section>
      {first ? <Connection place="first" now={now} {...first} /> : <None place="first" />}
      {first && (second ? <Connection place="second" now={now} {...second} /> : <None place="second" />)}
    </SettingsTopic>
  )
}

const None = ({ place }: { place: ConnectionPlace }) => {
  const { t } = useFrame()
  const may = useMay('admin')
  return (
    <section class="card form" aria-labelledby={`none-${place}`}>
      <div>
        <h2 id={`none-${place}`}>{t(`provider.none.${place}`)}</h2>
        <p class="muted">{t(`provider.none.${place}.text`)}</p>
      </div>
      {may ? <Kinds place={place} /> : <p class="hint">{t('settings.for_admins')}</p>}
    </section>
  )
}

const Kinds = ({ place }: { place: ConnectionPlace }) => {
  const { t } = useFrame()
  return (
    <ul class="cluster plain-list">
      {ACCOUNT_PROVIDERS.map((kind) => (
        <li>
          <a class="button" href={`${routes.provider(place)}?kind=${kind}`}>
            {t(`provider.kind.${kind}`)}
          </a>
        </li>
      ))}
    </ul>
  )
}

const Connection = ({
  place,
  connection,
  state,
  webhookUrl,
  hearsBounces,
  now,
}: ShownConnection & { place: ConnectionPlace; now: number }) => {
  const { t, signedIn } = useFrame()
  const { kind } = connection
  return (
    <section class="card form" aria-labelledby={`provider-${place}`}>
      <div class="cluster">
        <h2 id={`provider-${place}`}>
          {t(`provider.place.${place}`)}: {t(`provider.kind.${kind}`)}
        </h2>
        <StateBadge state={stateOf(connection, state, now)} />
      </div>
      <Facts {...{ connection, state, now }} />
      <ForAdmins>
        <div class="form-actions">
          <form method="post" action={routes.providerTests(place)}>
            <button type="submit" class={connection.workingAt === null ? 'primary' : undefined}>
              <Icon name="send" /> {t('provider.test.button', { email: signedIn?.email ?? '' })}
            </button>
          </form>
          <a class="button" href={routes.provider(place)}>
            {t('provider.change')}
          </a>
        </div>
        <div class="field">
          <div class="cluster">
            <label for={`hook-${place}`}>{t('provider.webhook.url')}</label>
            <CopyButton text={webhookUrl} label={t('provider.webhook.url')} />
          </div>
          <input id={`hook-${place}`} value={webhookUrl} readonly spellcheck={false} />
          <p class="hint">{t(hookHint(connection, hearsBounces))}</p>
        </div>
        <details>
          <summary>{t('provider.remove')}</summary>
          <DangerForm
            action={routes.providerRemoval(place)}
            text={t('provider.remove.text')}
            button={t('provider.remove.button')}
          />
        </details>
      </ForAdmins>
    </section>
  )
}

/** Says what becomes known of mails over it, and how. */
function hookHint({ kind, settings }: ProviderConnection, hearsBounces: boolean): Key {
  if (kind !== 'smtp') return 'provider.webhook.text'
  if (!hearsBounces) return 'sender.return_path.unread'
  return settings.returnPath === PLAIN_RETURN_PATH ? 'provider.return_path.plain' : 'provider.webhook.smtp'
}

type ConnectionState = 'working' | 'paused' | 'trial' | 'failing' | 'untested'

/** Returns the state that a connection's badge shows: a test mail must be accepted first; a pause counts only after that. */
function stateOf(connection: ProviderConnection, state: ProviderState | undefined, now: number): ConnectionState {
  if (connection.workingAt === null) return connection.testedAt === null ? 'untested' : 'failing'
  if (!state || state.failures === 0) return 'working'
  return state.pausedUntil > now ? 'paused' : 'trial'
}

const LOOKS: Record<ConnectionState, { tone: Tone; icon: IconName }> = {
  working: { tone: 'good', icon: 'circle-check' },
  paused: { tone: 'warn', icon: 'clock' },
  trial: { tone: 'warn', icon: 'clock' },
  failing: { tone: 'bad', icon: 'circle-alert' },
  untested: { tone: 'idle', icon: 'circle-alert' },
}

const StateBadge = ({ state }: { state: ConnectionState }) => {
  const { t } = useFrame()
  const { tone, icon } = LOOKS[state]
  return (
    <Badge tone={tone} icon={icon}>
      {t(`provider.state.${state}`)}
    </Badge>
  )
}

const Facts = ({ connection, state, now }: Pick<ShownConnection, 'connection' | 'state'> & { now: number }) => {
  const { t, language, timeZone } = useFrame()
  const when = (at: number) => formatTime(at, language, timeZone)
  const { testedAt, testOutcome, testText, workingAt } = connection
  const paused = workingAt !== null && state && state.failures > 0 ? state : undefined
  return (
    <dl class="facts">
      <dt>{t('provider.field.from')}</dt>
      <dd>{connection.settings.from}</dd>
      {testedAt !== null && (
        <>
          <dt>{t('provider.tested')}</dt>
          <dd>
            {when(testedAt)}: {t(testOutcome === 'accepted' ? 'provider.test.accepted' : 'provider.test.refused')}
          </dd>
          {testText && (
            <>
              <dt>{t('provider.answer')}</dt>
              <dd class="break-all">
                <code>{testText}</code>
              </dd>
            </>
          )}
        </>
      )}
      {paused && (
        <>
          <dt>{t('provider.last_error')}</dt>
          <dd>
            {reasonText(t, paused.reason)} <code class="break-all">{paused.serverText.slice(0, 200)}</code>
          </dd>
          <dt>{t('provider.paused_until')}</dt>
          <dd>{paused.pausedUntil > now ? when(paused.pausedUntil) : t('provider.paused_until.trial')}</dd>
        </>
      )}
    </dl>
  )
}
