/** Shows states as badges, with icon, label and colour. */
import type { Child } from 'hono/jsx'
import type { MailState } from '../../domain/delivery'
import { useFrame } from './frame'
import { Icon } from './icon'
import type { IconName } from './icon-names'

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle'

export const Badge = ({ tone, icon, children }: { tone: Tone; icon?: IconName; children: Child }) => (
  <span class={`badge tone-${tone}`}>
    {icon && <Icon name={icon} />}
    {children}
  </span>
)

export const MAIL_STATE_LOOKS: Record<MailState, { icon: IconName; tone: Tone }> = {
  not_sent: { icon: 'mail-minus', tone: 'idle' },
  on_its_way: { icon: 'send', tone: 'busy' },
  sent: { icon: 'mail', tone: 'busy' },
  delivered: { icon: 'mail-check', tone: 'good' },
  deferred: { icon: 'clock', tone: 'warn' },
  unknown: { icon: 'mail-question-mark', tone: 'warn' },
  problem: { icon: 'mail-x', tone: 'bad' },
}

/** Shows the envelope in a list. Its label is the tooltip, and the text for screen readers. */
export const MailStateIcon = ({ state }: { state: MailState }) => {
  const { t } = useFrame()
  const { icon, tone } = MAIL_STATE_LOOKS[state]
  const label = t(`mail_state.${state}`)
  return (
    <span class={`mail-state tone-${tone}`} title={label}>
      <Icon name={icon} />
      <span class="visually-hidden">{label}</span>
    </span>
  )
}

export const MailStateBadge = ({ state }: { state: MailState }) => {
  const { t } = useFrame()
  const { icon, tone } = MAIL_STATE_LOOKS[state]
  return (
    <Badge tone={tone} icon={icon}>
      {t(`mail_state.${state}`)}
    </Badge>
  )
}
