import { Badge } from './badge'
import { type DeliveryState, displayStatus } from './delivery-status'
import { useFrame } from './frame'

/** Shows the status of a delivery. `scheduledFor` is the chosen time of its send, in epoch ms. */
export const DeliveryBadge = ({ delivery, scheduledFor }: { delivery: DeliveryState; scheduledFor: number | null }) => {
  const { t, now } = useFrame()
  const { label, icon, tone } = displayStatus(delivery, scheduledFor, now)
  return (
    <Badge tone={tone} icon={icon}>
      {t(label)}
    </Badge>
  )
}
