import type { Child } from 'hono/jsx'
import type { DeliveryStatus } from '../../domain/delivery'
import { NOT_REPEATABLE, problemStep } from '../../domain/problem'
import { maySendDespite } from '../../domain/suppression'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { Icon } from './icon'
import { useMay } from './may'

export interface FixableProblem {
  documentId: string
  deliveryId: string
  address: string
  status: DeliveryStatus
  reason: string | null
  /** The forms' own id, so that pressing twice is pressing once. */
  formId: string
  /** Nobody has settled it. */
  open: boolean
  /** Where the person goes on: the list they are in, or the document. */
  back?: 'problems' | undefined
  /** The step that mends it and nothing else. */
  compact?: boolean | undefined
}

/** The step that mends it first, then what else can be done. What the person may not do is not offered. */
export const ProblemActions = (props: FixableProblem) => {
  const { t } = useFrame()
  const { status, reason, open, compact } = props
  if (!useMay('member')) return null
  if (!open) return <Dismissal {...props} />
  const step = problemStep(status, reason)
  const repeatable = step === 'repeat' && !NOT_REPEATABLE.includes(reason ?? '')
  return (
    <div class={compact ? 'problem-actions compact' : 'problem-actions'}>
      {step && step !== 'repeat' && <CorrectLink {...props} step={step} primary />}
      {repeatable && (
        <Act {...props} path={routes.deliveryRepeats(props.documentId, props.deliveryId)} primary>
          <Icon name="rotate-ccw" />
          {t('problem_step.repeat')}
        </Act>
      )}
      {step === 'repeat' && !repeatable && (
        <a class="button primary" href={`${routes.newSend(props.documentId)}?to=${encodeURIComponent(props.address)}`}>
          <Icon name="pencil" />
          {t('problem_step.text')}
        </a>
      )}
      {!compact && status === 'dropped' && maySendDespite(reason) && <Exception {...props} />}
      {!compact && step === 'repeat' && status !== 'failed' && <CorrectLink {...props} step="correct" />}
      {!compact && <Dismissal {...props} />}
    </div>
  )
}

interface CorrectProps extends FixableProblem {
  step: 'correct' | 'other_address'
  primary?: boolean
}

const CorrectLink = ({ documentId, deliveryId, step, primary }: CorrectProps) => {
  const { t } = useFrame()
  return (
    <a class={primary ? 'button primary' : 'button'} href={routes.deliveryCorrection(documentId, deliveryId)}>
      <Icon name="pencil" />
      {t(`problem_step.${step}`)}
    </a>
  )
}

/** Only owners and admins set a recipient's wish aside. */
const Exception = (props: FixableProblem) => {
  const { t } = useFrame()
  if (!useMay('admin')) return null
  return (
    <Act {...props} path={routes.deliveryExceptions(props.documentId, props.deliveryId)}>
      <Icon name="send" />
      {t('problem_step.exception')}
    </Act>
  )
}

const Dismissal = (props: FixableProblem) => {
  const { t } = useFrame()
  return (
    <Act
      {...props}
      path={routes.deliveryDismissal(props.documentId, props.deliveryId)}
      fields={{ aside: props.open ? 'yes' : '' }}
    >
      <Icon name={props.open ? 'check' : 'undo-2'} />
      {t(props.open ? 'problem_step.aside' : 'problem_step.reopen')}
    </Act>
  )
}

interface ActProps extends FixableProblem {
  path: string
  fields?: Record<string, string>
  primary?: boolean
  children: Child
}

const Act = ({ path, fields = {}, primary, back, formId, children }: ActProps) => (
  <form method="post" action={path}>
    <input type="hidden" name="sendId" value={formId} />
    {back && <input type="hidden" name="back" value={back} />}
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button type="submit" class={primary ? 'primary' : undefined}>
      {children}
    </button>
  </form>
)
