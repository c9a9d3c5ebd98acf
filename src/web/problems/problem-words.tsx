import type { DeliveryStatus } from '../../domain/delivery'
import { isProblemStatus } from '../../domain/problem'
import { reasonText } from '../../i18n/reason'
import { displayStatus } from '../documents/delivery-status'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'

export const StatusBadge = ({ status }: { status: DeliveryStatus }) => {
  const { t, now } = useFrame()
  const { word, icon, tone } = displayStatus({ status, attempt: 1, dueAt: null }, null, now)
  return (
    <Badge tone={tone} icon={icon}>
      {t(word)}
    </Badge>
  )
}

interface Props {
  status: DeliveryStatus
  reason: string | null
  serverText: string | null
}

/** What a state means, why it came to it, and the server's own words. */
export const ProblemWords = ({ status, reason, serverText }: Props) => {
  const { t } = useFrame()
  const why = reasonText(t, reason)
  return (
    <>
      {why && <p>{why}</p>}
      {isProblemStatus(status) && <p class={why ? 'muted' : undefined}>{t(`delivery_status.${status}.text`)}</p>}
      {serverText && (
        <p class="small muted">
          {t('deliveries.server_text')} <samp class="break-all">{serverText}</samp>
        </p>
      )}
    </>
  )
}
