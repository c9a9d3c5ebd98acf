import { formatTime } from '../../i18n/format'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { useMay } from './may'
import { Notice } from './notice'

/** Shows on every page of a closed account when it will be deleted, and links to the page where an owner can keep it. */
export const ClosingBanner = () => {
  const { t, language, timeZone, signedIn, path } = useFrame()
  const mayKeep = useMay('owner')
  if (signedIn?.closingAt == null || path === routes.closing) return null
  return (
    <div class="notices">
      <Notice tone="warn">
        <p>{t('account_closing.banner', { date: formatTime(signedIn.closingAt, language, timeZone) })}</p>
        {mayKeep && (
          <p>
            <a href={routes.closing}>{t('account_closing.banner.link')}</a>
          </p>
        )}
      </Notice>
    </div>
  )
}
