import { plural } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { BulkLive, BulkSteps } from './live'
import type { BulkView } from './require-bulk-send'

/** The documents are being looked through: with scripts by itself, without by a button, and by the next tick in any case. */
export const Collecting = ({ view }: { view: BulkView }) => {
  const { t } = useFrame()
  return (
    <section class="card stack">
      <BulkLive view={view} />
      <BulkSteps view={view} />
      {useMay('member') && (
        <noscript>
          <form method="post" action={routes.bulkSendSteps(view.bulk.id)}>
            <button type="submit">{t('bulk.go_on')}</button>
          </form>
        </noscript>
      )}
    </section>
  )
}

export const CollectingStatus = ({ view: { all } }: { view: BulkView }) => {
  const { t, language } = useFrame()
  return (
    <>
      <h2>{t('bulk.collecting.title')}</h2>
      <p>{plural(language, 'bulk.collecting', all.documents)}</p>
      <p class="muted">{t('bulk.collecting.text')}</p>
    </>
  )
}
