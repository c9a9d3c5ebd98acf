/** Shows a bulk send while its steps run. */
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { BulkLive, BulkSteps } from './live'
import { BulkActs } from './progress'
import type { BulkView } from './require-bulk-send'

/** Shows that documents are being collected. Scripts, a button without scripts, or the next tick do the steps. */
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

/** Shows progress, what was left out, and the actions. All of it is read from one row. */
export const Progress = ({ view }: { view: BulkView }) => (
  <section class="card stack">
    <BulkLive view={view} />
    <BulkSteps view={view} />
    <BulkActs view={view} />
  </section>
)
