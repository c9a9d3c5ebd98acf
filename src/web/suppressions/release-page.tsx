import type { SuppressionItem } from '../../db/suppression-list'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'
import { SuppressionReasonText } from './list-page'

/** Asks before an address is released, and warns of the consequences. */
export const ReleasePage = ({ item }: { item: SuppressionItem }) => {
  const { t } = useFrame()
  const { addressKey: address, reason } = item
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={routes.suppressions}>{t('suppressions.title')}</Breadcrumb>
          <h1 class="break-all">{t('release.title', { address })}</h1>
        </div>
      </header>
      <div class="stack">
        <Notice tone="warn">
          <p>{t(`release.warning.${reason}`)}</p>
        </Notice>
        <section class="card" aria-label={address}>
          <SuppressionReasonText item={item} />
        </section>
        <form class="cluster" method="post" action={routes.suppressionRelease}>
          <input type="hidden" name="address" value={address} />
          <input type="hidden" name="reason" value={reason} />
          <button type="submit" class="danger">
            {t('release.button')}
          </button>
          <a href={routes.suppressions}>{t('form.cancel')}</a>
        </form>
        <p class="muted small">{t('release.recorded')}</p>
      </div>
    </>
  )
}
