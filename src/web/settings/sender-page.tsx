import type { SenderDomain, SenderKey } from '../../db/sender-domains'
import { MAX_SENDER_KEYS } from '../../domain/sender-domain'
import { routes } from '../../routes'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary, Field } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Notice } from '../ui/notice'
import { Time } from '../ui/values'
import { DangerForm } from './danger-form'
import { SenderRecords } from './sender-records'
import { SettingsTopic } from './settings-page'

export interface SenderProps {
  sender: SenderDomain | undefined
  /** Newest first. */
  keys: SenderKey[]
  /** Another account uses the domain. */
  taken: boolean
  /** What the domain's SPF record is to include; undefined = it needs none. */
  include: string | undefined
  hearsBounces: boolean
  platformAddress: string
  /** The deployment's provider can't send from other domains. */
  unsupported: boolean
  /** From address of the account's own provider, while that carries the mails. */
  providerAddress: string | undefined
  form: FormState
}

/** The From address of an account: what it is now, and the records that let it be the account's own. */
export const SenderPage = (props: SenderProps) => {
  const { t } = useFrame()
  const { sender, unsupported, providerAddress, form } = props
  return (
    <SettingsTopic title="settings.sender">
      <p class="muted">{t('sender.text')}</p>
      <InUse {...props} />
      {unsupported && !providerAddress && (
        <Notice tone="warn">
          <p>
            {t('sender.unsupported')} <a href={routes.providers}>{t('settings.provider')}</a>
          </p>
        </Notice>
      )}
      {sender && <Records {...props} sender={sender} />}
      <ForAdmins>
        <form class="card form" method="post" action={routes.senderSettings} novalidate>
          <h2>{t(sender ? 'sender.change' : 'sender.add')}</h2>
          <ErrorSummary form={form} />
          <Field
            form={form}
            name="address"
            type="email"
            label={t('sender.address')}
            hint={t('sender.address.hint')}
            autocomplete="off"
          />
          <div class="form-actions">
            <button type="submit" class={sender ? undefined : 'primary'}>
              {t('form.save_changes')}
            </button>
          </div>
        </form>
        {sender && <Removal address={sender.address} />}
      </ForAdmins>
    </SettingsTopic>
  )
}

/** Says which address mails leave from, and why it is not the account's own. */
const InUse = ({ sender, taken, unsupported, platformAddress, providerAddress }: SenderProps) => {
  const { t } = useFrame()
  const isUsed = sender && sender.verifiedAt !== null && !unsupported
  const fallback = t('sender.now.platform', { address: platformAddress })
  return (
    <section class="card stack tight" aria-labelledby="sender-now">
      <h2 id="sender-now">{t('sender.now')}</h2>
      <p class="break-all">
        {providerAddress
          ? t('sender.now.provider', { address: providerAddress })
          : isUsed
            ? t('sender.now.own', { address: sender.address })
            : fallback}
      </p>
      {providerAddress && (
        <p>
          {t('sender.provider.text')} <a href={routes.deliverability}>{t('deliverability.title')}</a>
        </p>
      )}
      {sender && sender.verifiedAt === null && (
        <p>{taken ? t('sender.taken', { domain: sender.domain }) : t('sender.waiting', { address: sender.address })}</p>
      )}
      {sender && sender.failedAt !== null && (
        <Notice tone="warn">
          <p>{t('sender.failing')}</p>
        </Notice>
      )}
    </section>
  )
}

const Records = ({ sender, keys, include, hearsBounces }: SenderProps & { sender: SenderDomain }) => {
  const { t } = useFrame()
  const may = useMay('admin')
  return (
    <section class="card form" aria-labelledby="sender-records">
      <div>
        <h2 id="sender-records">{t('sender.records', { domain: sender.domain })}</h2>
        <p class="muted">{t('sender.records.text')}</p>
      </div>
      <SenderRecords {...{ sender, keys, include, hearsBounces }} />
      <p class="muted small">
        {sender.checkedAt === null ? (
          t('sender.unchecked')
        ) : (
          <>
            {t('sender.checked')} <Time at={sender.checkedAt} />
          </>
        )}
      </p>
      {may && <RecordActions sender={sender} keys={keys} />}
    </section>
  )
}

const RecordActions = ({ sender, keys }: { sender: SenderDomain; keys: SenderKey[] }) => {
  const { t } = useFrame()
  const mayAdd = keys.length < MAX_SENDER_KEYS
  return (
    <>
      <div class="form-actions">
        <form method="post" action={routes.senderChecks}>
          <button type="submit" class={sender.verifiedAt === null ? 'primary' : undefined}>
            <Icon name="rotate-ccw" /> {t('sender.check')}
          </button>
        </form>
        {mayAdd && (
          <form method="post" action={routes.senderKeys}>
            <button type="submit">{t('sender.key.new')}</button>
          </form>
        )}
      </div>
      <p class="hint">{t(mayAdd ? 'sender.key.new.hint' : 'sender.key.two')}</p>
    </>
  )
}

const Removal = ({ address }: { address: string }) => {
  const { t } = useFrame()
  return (
    <details class="card">
      <summary>{t('sender.remove')}</summary>
      <DangerForm
        action={routes.senderRemoval}
        text={t('sender.remove.text', { address })}
        button={t('provider.remove.button')}
      />
    </details>
  )
}
