/** The cards of a bulk send at work. */
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { BulkLive, BulkSteps } from './live'
import { BulkActs } from './progress'
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

/** One bar and a few numbers that move, what was left out, and what can be done. All of it is read from one row. */
export const Progress = ({ view }: { view: BulkView }) => (
  <section class="card stack">
    <BulkLive view={view} />
    <BulkSteps view={view} />
    <BulkActs view={view} />
  </section>
)
