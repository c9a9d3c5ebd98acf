import type { DocumentState } from '../../domain/document-state'
import { Badge, type Tone } from './badge'
import { useFrame } from './frame'
import type { IconName } from './icon-names'

const LOOKS: Record<DocumentState, { icon: IconName; tone: Tone }> = {
  draft: { icon: 'file-pen', tone: 'idle' },
  open: { icon: 'clock', tone: 'busy' },
  overdue: { icon: 'triangle-alert', tone: 'warn' },
  paid: { icon: 'circle-check', tone: 'good' },
  partly_credited: { icon: 'file-minus', tone: 'idle' },
  credited: { icon: 'file-x', tone: 'idle' },
  issued: { icon: 'file-check', tone: 'idle' },
}

export const DocumentStateBadge = ({ state }: { state: DocumentState }) => {
  const { t } = useFrame()
  const { icon, tone } = LOOKS[state]
  return (
    <Badge tone={tone} icon={icon}>
      {t(`document_state.${state}`)}
    </Badge>
  )
}
