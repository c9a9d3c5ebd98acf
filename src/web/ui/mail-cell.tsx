import type { MailState } from '../../domain/delivery'
import { formatTime } from '../../i18n/format'
import { Badge, MailStateBadge, MailStateIcon } from './badge'
import { useFrame } from './frame'
import { Icon } from './icon'

interface Props {
  /** Null for a document that was never sent. */
  state: MailState | null
  /** Epoch ms; null if no time was chosen. */
  scheduledFor: number | null
  /** Time since which a mail is overdue, epoch ms; null if none is. */
  heldSince: number | null
}

/** Shows the envelope of a row: none if nothing was sent, a calendar for a scheduled send. */
export const MailCell = ({ state, scheduledFor, heldSince }: Props) => {
  const { t, language, timeZone, now } = useFrame()
  if (state === null) return null
  const held = heldSince !== null && state === 'on_its_way'
  if (!held && !waits({ state, scheduledFor }, now)) return <MailStateIcon state={state} />
  const time = formatTime((held ? heldSince : scheduledFor) ?? 0, language, timeZone)
  const sentence = t(held ? 'documents.held' : 'documents.scheduled', { time })
  return (
    <span class={`mail-state tone-${held ? 'warn' : 'idle'}`} title={sentence}>
      <Icon name={held ? 'clock' : 'calendar-clock'} />
      <span class="visually-hidden">{sentence}</span>
    </span>
  )
}

/** Shows the same as a badge with a label. */
export const MailBadge = ({ state, scheduledFor, heldSince }: Props) => {
  const { t, now } = useFrame()
  if (state === null) return null
  if (heldSince !== null && state === 'on_its_way')
    return (
      <Badge tone="warn" icon="clock">
        {t('delivery_status.held')}
      </Badge>
    )
  if (!waits({ state, scheduledFor }, now)) return <MailStateBadge state={state} />
  return (
    <Badge tone="idle" icon="calendar-clock">
      {t('delivery_status.scheduled')}
    </Badge>
  )
}

const waits = ({ state, scheduledFor }: Omit<Props, 'heldSince'>, now: number): boolean =>
  state === 'on_its_way' && scheduledFor !== null && scheduledFor > now
