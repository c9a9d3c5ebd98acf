import type { StripeEvent } from '../../../db/stripe'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { stripeReason } from '../../ui/stripe-reason'
import { Shortcomings } from '../form/shortcomings'

/** Explains why a document made from a Stripe event is still a draft. `MissingNotice` lists incomplete fields instead. */
export const HeldBackNotice = ({ event }: { event: StripeEvent | undefined }) => {
  const { t } = useFrame()
  if (!event?.reason || event.reason === 'incomplete') return null
  return (
    <Notice tone="warn">
      <h2>{t('documents.held_back.title')}</h2>
      <p>{stripeReason(event.reason, t)}</p>
      {event.problems && <Shortcomings problems={event.problems} />}
      <p>
        <a href={routes.stripeSettings}>{t('documents.held_back.settings')}</a>
      </p>
    </Notice>
  )
}
