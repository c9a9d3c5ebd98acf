import type { StripeEvent } from '../../../db/stripe'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { stripeReason } from '../../ui/stripe-reason'
import { Shortcomings } from '../form/shortcomings'

/** Why a document that was made by itself is still a draft. What it lacks says another notice. */
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
