import type { DocumentDelivery, DocumentSend } from '../../../db/document-sends'
import { DIGITS } from '../../../domain/id-range'
import { isTroubled } from '../../../domain/problem'
import { isTestDocument } from '../../../domain/test-mode'
import { formatTime } from '../../../i18n/format'
import { reasonText } from '../../../i18n/reason'
import { routes } from '../../../routes'
import { DeliveryBadge } from '../../ui/delivery-badge'
import { isHeld } from '../../ui/delivery-status'
import { useFrame } from '../../ui/frame'
import { useMay } from '../../ui/may'
import { ProblemActions } from '../../ui/problem-actions'
import { meaningOf } from '../../ui/problem-explanation'
import { ServerText } from '../../ui/server-text'
import { ExactTime, Time } from '../../ui/values'
import { firstOpenProblem } from './activity'
import type { Activity } from './timeline'
import { WhyPanel } from './why-panel'

/** Shows the deliveries of a document by send, newest first. */
export const DeliveriesPanel = ({ activity }: { activity: Activity }) => {
  const { t } = useFrame()
  const [latest, ...earlier] = activity.sends
  if (!latest) return <section id="deliveries" hidden />
  return (
    <section class="card stack" id="deliveries" aria-labelledby="deliveries-title">
      <h2 id="deliveries-title">{t('deliveries.title')}</h2>
      <OneSend send={latest} activity={activity} />
      <WhyPanel activity={activity} />
      {earlier.length > 0 && (
        <details id="earlier-sends">
          <summary>{t('deliveries.earlier')}</summary>
          <div class="stack">
            {earlier.map((send) => (
              <OneSend send={send} activity={activity} />
            ))}
          </div>
        </details>
      )}
    </section>
  )
}

const OneSend = ({ send, activity }: { send: DocumentSend; activity: Activity }) => {
  const { t } = useFrame()
  const name = activity.names.get(send.createdBy)
  return (
    <div class="stack tight">
      <p class="muted small">
        {[name, t(`deliveries.origin.${send.origin}`)].filter(Boolean).join(' · ')}
        {' · '}
        <Time at={send.createdAt} />
      </p>
      <ul class="deliveries">
        {send.deliveries.map((delivery) => (
          <OneDelivery
            delivery={delivery}
            send={send}
            documentId={activity.document.id}
            sends={activity.sends.length}
            primary={delivery.id === firstOpenProblem(activity.sends)}
          />
        ))}
      </ul>
    </div>
  )
}

interface DeliveryProps {
  delivery: DocumentDelivery
  send: DocumentSend
  documentId: string
  /** Number of sends of the document. */
  sends: number
  /** True if fixing it is the primary action of the page. */
  primary: boolean
}

const OneDelivery = ({ delivery, send, documentId, sends, primary }: DeliveryProps) => {
  const { t } = useFrame()
  return (
    <li>
      <p class="delivery-head">
        <span>
          <span class="break-all">
            {delivery.address || <span class="muted">{t('deliveries.address_forgotten')}</span>}
          </span>
          {delivery.purpose === 'copy' && <span class="muted small block">{t('documents.copy_for_you')}</span>}
        </span>
        <DeliveryBadge delivery={delivery} scheduledFor={send.scheduledFor} />
      </p>
      <Times delivery={delivery} />
      {delivery.sentAt !== null && <From address={delivery.senderAddress} />}
      {isHeld(delivery) && <Held delivery={delivery} />}
      {delivery.restingSince !== null && <p class="small">{t('reason.sending_rests')}</p>}
      <Problem delivery={delivery} test={isTestDocument(documentId)} />
      <Actions delivery={delivery} documentId={documentId} />
      {delivery.problemOpen && (
        <FixActions delivery={delivery} documentId={documentId} sends={sends} primary={primary} />
      )}
    </li>
  )
}

const Times = ({ delivery }: { delivery: DocumentDelivery }) => {
  const { t } = useFrame()
  const { status, attempt, dueAt, sentAt, deliveredAt } = delivery
  // A delivery that rests leaves when an owner resumes sending, not when it is due.
  const next = status === 'queued' && delivery.restingSince === null ? dueAt : null
  if (sentAt === null && deliveredAt === null && next === null) return null
  return (
    <p class="muted small dots">
      {sentAt !== null && (
        <span>
          {t('deliveries.sent')} <Time at={sentAt} />
        </span>
      )}
      {deliveredAt !== null && (
        <span>
          {t('deliveries.delivered')} <Time at={deliveredAt} />
        </span>
      )}
      {next !== null && (
        <span>
          {t(attempt > 0 || isHeld(delivery) ? 'deliveries.next_attempt' : 'deliveries.leaves')} <ExactTime at={next} />
        </span>
      )}
    </p>
  )
}

/** Says which From address a mail had. */
const From = ({ address }: { address: string | null }) => {
  const { t } = useFrame()
  return (
    <p class="muted small break-all">
      {t('mail_header.from')}: {address ?? t('deliveries.from_platform')}
    </p>
  )
}

/** Shows why a mail has not left yet: its provider is paused, or its queue message was lost. */
const Held = ({ delivery: { overdueSince, pauseReason, pauseText } }: { delivery: DocumentDelivery }) => {
  const { t, language, timeZone } = useFrame()
  const why = reasonText(t, pauseReason)
  return (
    <>
      {why && <p class="small">{why}</p>}
      <p class="small">{t('delivery_status.held.text', { time: formatTime(overdueSince ?? 0, language, timeZone) })}</p>
      <ServerText text={pauseText} />
    </>
  )
}

/** Shows what went wrong: our explanation first, then the server's response. */
const Problem = ({ delivery, test }: { delivery: DocumentDelivery; test: boolean }) => {
  const { status, attempt, reason, serverText } = delivery
  const { t } = useFrame()
  const retrying = status === 'queued' && attempt > 0 && !isHeld(delivery)
  if (!retrying && !isTroubled(status)) return null
  const sentence =
    reasonText(t, reason) ??
    (isTroubled(status)
      ? t(status === 'deferred' ? 'delivery_status.deferred.text' : meaningOf(status, test))
      : undefined)
  return (
    <>
      {sentence && <p class="small">{sentence}</p>}
      {status === 'unknown' && <p class="small">{t('delivery_status.unknown.text')}</p>}
      <ServerText text={serverText} />
    </>
  )
}

const Actions = ({ delivery, documentId }: { delivery: DocumentDelivery; documentId: string }) => {
  const { t } = useFrame()
  const may = useMay('member')
  const { status, address, hasMail, problemOpen, id } = delivery
  // `ProblemActions` shows the actions of an open problem.
  const known = address !== '' && !problemOpen
  const again = known && ['unknown', 'soft_bounced', 'failed'].includes(status)
  const other = known && ['bounced', 'dropped', 'complained'].includes(status)
  if (!hasMail && !(may && (again || other))) return null
  return (
    <p class="cluster small">
      {hasMail && <a href={routes.deliveryMail(documentId, id)}>{t('deliveries.mail')}</a>}
      {may && again && (
        <a href={`${routes.newSend(documentId)}?to=${encodeURIComponent(address)}`}>{t('deliveries.again')}</a>
      )}
      {may && other && (
        <a href={`${routes.newSend(documentId)}?instead=${encodeURIComponent(address)}`}>{t('deliveries.other')}</a>
      )}
    </p>
  )
}

const FixActions = ({ delivery, documentId, sends, primary }: Omit<DeliveryProps, 'send'>) => {
  const { id: deliveryId, address, status, reason } = delivery
  // The id contains the number of sends: pressing twice creates one send, and after an undo a new one.
  const formId = `snd_${deliveryId.slice(4, -1)}${DIGITS.charAt(sends % 32)}`
  return <ProblemActions {...{ documentId, deliveryId, address, status, reason, formId }} open primary={primary} />
}
