import type { FreshLinkRefusal } from '../../commands/sends/send-fresh-link'
import type { HostedLink } from '../../db/hosted-links'
import { displayName } from '../../domain/company'
import { maskAddress } from '../../domain/hosted-link'
import { pluralLabel } from '../../i18n/labels'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'

interface Props {
  token: string
  link: HostedLink
  refusal?: FreshLinkRefusal | undefined
}

/** Offers to mail a fresh link. Shows nothing of the document, since the holder of an old link may not be its recipient. */
export const ExpiredPage = ({ token, link, refusal }: Props) => {
  const { t, labels } = useFrame()
  const address = maskAddress(link.address)
  const company = displayName(link.company)
  return (
    <div class="card stack">
      <h1>{t('hosted.expired.title')}</h1>
      <p>{pluralLabel(labels, 'hosted.expired.text', link.settings.linkExpiryMonths, { address })}</p>
      {refusal ? (
        <Notice tone="bad">
          <p>{t(`refusal.${refusal}`, { address, company })}</p>
        </Notice>
      ) : (
        <form method="post" action={routes.hostedFreshLink(token)}>
          <button type="submit" class="primary block">
            <Icon name="send" />
            {t('hosted.expired.send')}
          </button>
        </form>
      )}
    </div>
  )
}
