import type { DeliveryStatus } from '../../domain/delivery'
import { isProblemStatus, type ProblemStatus } from '../../domain/problem'
import type { Key } from '../../i18n'
import { reasonText } from '../../i18n/reason'
import { DeliveryBadge } from './delivery-badge'
import { useFrame } from './frame'
import { ServerText } from './server-text'

export const StatusBadge = ({ status }: { status: DeliveryStatus }) => (
  <DeliveryBadge delivery={{ status, attempt: 1, dueAt: null, overdueSince: null, reason: null }} scheduledFor={null} />
)

/** Returns the text about a state's effect on later mails. Test mails block no address. */
export const meaningOf = (status: ProblemStatus, test: boolean): Key =>
  test && (status === 'bounced' || status === 'complained')
    ? `delivery_status.${status}.test`
    : `delivery_status.${status}.text`

interface Props {
  status: DeliveryStatus
  reason: string | null
  serverText: string | null
  /** True for a mail of a test document. */
  test: boolean
}

/** Explains the state of a delivery: its cause, its effect, and the server's response. */
export const ProblemExplanation = ({ status, reason, serverText, test }: Props) => {
  const { t } = useFrame()
  const why = reasonText(t, reason)
  return (
    <>
      {why && <p>{why}</p>}
      {isProblemStatus(status) && <p class={why ? 'muted' : undefined}>{t(meaningOf(status, test))}</p>}
      <ServerText text={serverText} />
    </>
  )
}
