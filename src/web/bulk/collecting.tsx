import { plural } from '../../i18n'
import { useFrame } from '../ui/frame'
import type { BulkView } from './require-bulk-send'

/** Shows how many documents have been collected. */
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
