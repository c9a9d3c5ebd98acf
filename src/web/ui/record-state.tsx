import type { RecordState } from '../../domain/sender-records'
import { Badge, type Tone } from './badge'
import { useFrame } from './frame'
import type { IconName } from './icon-names'

const LOOKS: Record<RecordState, { tone: Tone; icon: IconName }> = {
  found: { tone: 'good', icon: 'circle-check' },
  missing: { tone: 'warn', icon: 'circle-alert' },
  wrong: { tone: 'bad', icon: 'circle-alert' },
  unreachable: { tone: 'idle', icon: 'clock' },
}

/** Shows what the latest check made of a DNS record; nothing was checked yet where the state is absent. */
export const RecordStateBadge = ({ state }: { state: RecordState | undefined }) => {
  const { t } = useFrame()
  if (!state) return <Badge tone="idle">{t('sender.state.unchecked')}</Badge>
  return <Badge {...LOOKS[state]}>{t(`sender.state.${state}`)}</Badge>
}
