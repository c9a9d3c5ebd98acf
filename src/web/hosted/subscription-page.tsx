import type { SubscriptionChoice } from '../../commands/sends/change-subscription'
import type { HostedLink } from '../../db/hosted-links'
import type { Subscription } from '../../db/suppressions'
import { displayName } from '../../domain/company'
import { maskAddress } from '../../domain/hosted-link'
import { fixedLanguageFor } from '../../domain/labels'
import { directionOf } from '../../domain/languages'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'

interface Props {
  token: string
  link: HostedLink
  subscription: Subscription
}

/**
 * Shows which mails this address gets from the merchant, with buttons to change it. Opening the page changes nothing.
 */
export const SubscriptionPage = ({ token, link, subscription }: Props) => {
  const { t, labels } = useFrame()
  const names = { company: displayName(link.company), address: maskAddress(link.address) }
  const language = fixedLanguageFor(labels)
  return (
    <div class="card stack" lang={language} dir={directionOf(language)}>
      <h1>{t('subscription.title', names)}</h1>
      <Notice tone={subscription === 'all' ? 'idle' : 'good'}>
        <p>{t(`subscription.${subscription}`, names)}</p>
      </Notice>
      {OFFERS[subscription].map((wish) => (
        <Offer token={token} wish={wish} undo={subscription !== 'all'} names={names} />
      ))}
    </div>
  )
}

/** Choices offered in each state, the less restrictive one first. */
const OFFERS: Record<Subscription, SubscriptionChoice[]> = {
  all: ['documents', 'none'],
  documents: ['all', 'none'],
  none: ['all', 'documents'],
  stopped: [],
}

interface OfferProps {
  token: string
  wish: SubscriptionChoice
  undo: boolean
  names: { company: string; address: string }
}

const Offer = ({ token, wish, undo, names }: OfferProps) => {
  const { t } = useFrame()
  return (
    <form method="post" action={routes.hostedUnsubscription(token)} class="stack tight">
      <input type="hidden" name="wish" value={wish} />
      <button type="submit" class="block">
        {t(undo && wish === 'all' ? 'subscription.undo' : `subscription.choose.${wish}`, names)}
      </button>
      <p class="muted small">{t(`subscription.choose.${wish}.hint`, names)}</p>
    </form>
  )
}
