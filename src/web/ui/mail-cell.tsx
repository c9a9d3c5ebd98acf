import type { MailState } from '../../domain/delivery'
import { formatTime } from '../../i18n/format'
import { Badge, MailStateBadge, MailStateIcon } from './badge'
import { useFrame } from './frame'
import { Icon } from './icon'

interface Props {
  /** Null for what was never sent. */
  state: MailState | null
  /** Epoch ms, of a send that waits for a time somebody chose. */
  scheduledFor: number | null
}

/** The envelope of a row: none for what was never sent, a calendar for what leaves later. */
export const MailCell = ({ state, scheduledFor }: Props) => {
  const { t, language, timeZone, now } = useFrame()
  if (state === null) return null
  if (!waits({ state, scheduledFor }, now)) return <MailStateIcon state={state} />
  const sentence = t('documents.scheduled', { time: formatTime(scheduledFor ?? 0, language, timeZone) })
  return (
    <span class="mail-state tone-idle" title={sentence}>
      <Icon name="calendar-clock" />
      <span class="visually-hidden">{sentence}</span>
    </span>
  )
}

/** The same in words. */
export const MailBadge = ({ state, scheduledFor }: Props) => {
  const { t, now } = useFrame()
  if (state === null) return null
  if (!waits({ state, scheduledFor }, now)) return <MailStateBadge state={state} />
  return (
    <Badge tone="idle" icon="calendar-clock">
      {t('delivery_status.scheduled')}
    </Badge>
  )
}

const waits = ({ state, scheduledFor }: Props, now: number): boolean =>
  state === 'on_its_way' && scheduledFor !== null && scheduledFor > now
