import type { WebhookEndpoint } from '../../db/webhook-endpoints'
import { formatTime } from '../../i18n/format'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'

/** Shows whether an endpoint takes events, and its mode. */
export const WebhookState = ({ endpoint }: { endpoint: WebhookEndpoint }) => {
  const { t } = useFrame()
  return (
    <>
      <StateBadge endpoint={endpoint} />
      {endpoint.test && (
        <Badge tone="idle" icon="flask-conical">
          {t('api.mode.test')}
        </Badge>
      )}
    </>
  )
}

const StateBadge = ({ endpoint: { disabledAt, failingSince } }: { endpoint: WebhookEndpoint }) => {
  const { t, language, timeZone } = useFrame()
  if (disabledAt !== null)
    return (
      <Badge tone="idle" icon="ban">
        {t('webhooks.state.disabled')}
      </Badge>
    )
  if (failingSince !== null)
    return (
      <Badge tone="bad" icon="circle-alert">
        {t('webhooks.state.failing', { time: formatTime(failingSince, language, timeZone) })}
      </Badge>
    )
  return (
    <Badge tone="good" icon="circle-check">
      {t('webhooks.state.works')}
    </Badge>
  )
}

/** Says why an endpoint gets no events; nothing while it does. */
export const DisabledReason = ({ endpoint: { disabledAt, disabledReason } }: { endpoint: WebhookEndpoint }) => {
  const { t, language, timeZone } = useFrame()
  if (disabledAt === null || disabledReason === null) return null
  const time = formatTime(disabledAt, language, timeZone)
  return <p class="muted">{t(`webhooks.disabled.${disabledReason}`, { time })}</p>
}
