import type { StripeEventItem } from '../../db/stripe'
import { routes } from '../../routes'
import { Shortcomings } from '../documents/form/shortcomings'
import { Badge, type Tone } from '../ui/badge'
import { useFrame } from '../ui/frame'
import type { IconName } from '../ui/icon-names'
import { useMay } from '../ui/may'
import { Pages } from '../ui/pages'
import { stripeReason } from '../ui/stripe-reason'
import { Time } from '../ui/values'
import { SettingsTopic } from './settings-page'

/** Events, and the paths of the first page and of an older one. */
export interface EventPage {
  events: StripeEventItem[]
  first: string | undefined
  next: string | undefined
}

export const StripeEventsPage = ({ events, first, next }: EventPage) => {
  const { t } = useFrame()
  return (
    <SettingsTopic title="settings.stripe">
      <h2>{t('stripe.all_events')}</h2>
      {events.length === 0 ? <p class="muted">{t('stripe.no_events')}</p> : <StripeEvents events={events} />}
      <Pages first={first} next={next} nextLabel="documents.older" />
    </SettingsTopic>
  )
}

export const StripeEvents = ({ events }: { events: StripeEventItem[] }) => (
  <ul class="card flush people">
    {events.map((event) => (
      <EventRow event={event} />
    ))}
  </ul>
)

const LOOKS: Record<StripeEventItem['state'], { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'busy', icon: 'clock' },
  done: { tone: 'good', icon: 'circle-check' },
  ignored: { tone: 'idle', icon: 'info' },
  unmapped: { tone: 'warn', icon: 'triangle-alert' },
}

const EventRow = ({ event }: { event: StripeEventItem }) => {
  const { t } = useFrame()
  const { id, type, state, reason, receivedAt, test, targetId, problems } = event
  const [writes, may] = [useMay('member'), useMay('admin')]
  return (
    <li>
      <div class="cluster">
        <Badge {...LOOKS[state]}>{t(`stripe.state.${state}`)}</Badge>
        <code class="break-all">{type}</code>
        {test && <span class="muted small">{t('stripe.test')}</span>}
        <span class="muted small push">
          <Time at={receivedAt} />
        </span>
      </div>
      {reason && <p>{stripeReason(reason, t)}</p>}
      {problems && <Shortcomings problems={problems} />}
      <div class="cluster">
        {targetId && (
          <a href={targetPath(targetId)}>{t(targetId.startsWith('con_') ? 'stripe.contact' : 'stripe.document')}</a>
        )}
        {reason === 'dispute_lost' && state === 'unmapped' && targetId && writes && (
          <form method="post" action={routes.stripeCreditNotes(id)}>
            <button type="submit" class="small">
              {t('stripe.credit')}
            </button>
          </form>
        )}
        {state === 'unmapped' && may && (
          <form method="post" action={routes.stripeReplay(id)}>
            <button type="submit" class="small" aria-label={t('stripe.replay.named', { type })}>
              {t('stripe.replay')}
            </button>
          </form>
        )}
        <span class="muted small break-all">{id}</span>
      </div>
    </li>
  )
}

const targetPath = (id: string): string => (id.startsWith('con_') ? routes.contact(id) : routes.document(id))
