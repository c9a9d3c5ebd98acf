import type { DocumentDelivery } from '../../../db/document-sends'
import { type Cause, diagnose } from '../../../domain/diagnosis'
import { addressKey } from '../../../domain/email-addresses'
import { reasonText } from '../../../i18n/reason'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useMay } from '../../ui/may'
import { ServerText } from '../../ui/server-text'
import type { Activity } from './timeline'

/** Shows likely causes and the next step for each address of the latest send: « Why did my customer not get it? » */
export const WhyPanel = ({ activity }: { activity: Activity }) => {
  const { t } = useFrame()
  const deliveries = (activity.sends[0]?.deliveries ?? []).filter(
    ({ purpose, address }) => purpose === 'customer' && address !== '',
  )
  if (deliveries.length === 0) return null
  return (
    <details class="why" id="why">
      <summary>
        <Icon name="mail-question-mark" />
        {t('why.title')}
      </summary>
      <div class="stack">
        {deliveries.map((delivery) => (
          <OneAddress delivery={delivery} activity={activity} several={deliveries.length > 1} />
        ))}
      </div>
    </details>
  )
}

/** Causes whose text contains the reason already. */
const SAYS_THE_REASON: Cause[] = ['unsubscribed', 'marked_spam', 'mailbox_full', 'by_provider', 'policy']

interface Props {
  delivery: DocumentDelivery
  activity: Activity
  several: boolean
}

const OneAddress = ({ delivery, activity, several }: Props) => {
  const { t } = useFrame()
  const { id, address, status, reason, serverText, attempt } = delivery
  const opened = activity.history.some(
    ({ deliveryId, type }) => deliveryId === id && (type === 'viewed' || type === 'downloaded'),
  )
  const reached = activity.reached?.includes(addressKey(address)) ?? false
  const { causes, step } = diagnose({ status, reason, serverText, attempt, opened, reached })
  const why = causes.some((cause) => SAYS_THE_REASON.includes(cause)) ? undefined : reasonText(t, reason)
  return (
    <section class="stack tight" aria-label={address}>
      {several && <h3 class="break-all">{address}</h3>}
      <ol class="why-causes">
        {causes.map((cause) => (
          <li>{t(`why.${cause}`)}</li>
        ))}
      </ol>
      {why && step === 'fix' && <p class="small">{why}</p>}
      {step === 'fix' && <ServerText text={serverText} />}
      {step === 'wait' && <p class="small muted">{t('why.step.wait')}</p>}
      {step === 'fix' && <p class="small muted">{t('why.step.fix')}</p>}
      {step === 'resend' && <Resend documentId={activity.document.id} address={address} />}
    </section>
  )
}

const Resend = ({ documentId, address }: { documentId: string; address: string }) => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  return (
    <p class="cluster small">
      <a href={`${routes.newSend(documentId)}?to=${encodeURIComponent(address)}`}>{t('deliveries.again')}</a>
      <a href={`${routes.newSend(documentId)}?instead=${encodeURIComponent(address)}`}>{t('deliveries.other')}</a>
    </p>
  )
}
