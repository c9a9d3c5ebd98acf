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
  /** Id of the send that a button creates, so that pressing it twice creates one. */
  formId: string
  /** False once the problem is settled. */
  open: boolean
  /** Target of the redirect: the list of problems, or by default the document. */
  back?: 'problems' | undefined
  /** Shows only the step that fixes it. */
  compact?: boolean | undefined
  /** True if the step is the primary action of its page. */
  primary?: boolean | undefined
}

/** Shows the step that fixes a problem first, then other actions. */
export const ProblemActions = (props: FixableProblem) => {
  const { t } = useFrame()
  const { status, reason, open, compact, primary } = props
  if (!useMay('member')) return null
  if (!open) return <Dismissal {...props} />
  const step = problemStep(status, reason)
  const repeatable = step === 'repeat' && !NOT_REPEATABLE.includes(reason ?? '')
  return (
    <div class={compact ? 'problem-actions compact' : 'problem-actions'}>
      {step && step !== 'repeat' && <CorrectLink {...props} step={step} look={primary ? 'primary' : undefined} />}
      {repeatable && (
        <Act
          {...props}
          path={routes.deliveryRepeats(props.documentId, props.deliveryId)}
          look={primary ? 'primary' : undefined}
        >
          <Icon name="rotate-ccw" />
          {t('problem_step.repeat')}
        </Act>
      )}
      {step === 'repeat' && !repeatable && (
        <a
          class={primary ? 'button primary' : 'button'}
          href={`${routes.newSend(props.documentId)}?to=${encodeURIComponent(props.address)}`}
        >
          <Icon name="pencil" />
          {t('problem_step.text')}
        </a>
      )}
      {!compact && status === 'dropped' && maySendDespite(reason) && <Exception {...props} />}
      {!compact && step === 'repeat' && status !== 'failed' && <CorrectLink {...props} step="correct" look="quiet" />}
      {!compact && <Dismissal {...props} />}
    </div>
  )
}

/** Style of a button: `primary` for the main action of a page, `quiet` for secondary ones. */
type Look = 'primary' | 'quiet' | undefined

interface CorrectProps extends FixableProblem {
  step: 'correct' | 'other_address'
  look: Look
}

const CorrectLink = ({ documentId, deliveryId, step, look }: CorrectProps) => {
  const { t } = useFrame()
  return (
    <a class={look ? `button ${look}` : 'button'} href={routes.deliveryCorrection(documentId, deliveryId)}>
      <Icon name="pencil" />
      {t(`problem_step.${step}`)}
    </a>
  )
}

/** Offers owners and admins to send despite an unsubscription. */
const Exception = (props: FixableProblem) => {
  const { t } = useFrame()
  if (!useMay('admin')) return null
  return (
    <Act {...props} path={routes.deliveryExceptions(props.documentId, props.deliveryId)} look="quiet">
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
      look={props.open ? 'quiet' : undefined}
    >
      <Icon name={props.open ? 'check' : 'undo-2'} />
      {t(props.open ? 'problem_step.aside' : 'problem_step.reopen')}
    </Act>
  )
}

interface ActProps extends FixableProblem {
  path: string
  fields?: Record<string, string>
  look: Look
  children: Child
}

const Act = ({ path, fields = {}, look, back, formId, children }: ActProps) => (
  <form method="post" action={path}>
    <input type="hidden" name="sendId" value={formId} />
    {back && <input type="hidden" name="back" value={back} />}
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button type="submit" class={look}>
      {children}
    </button>
  </form>
)
