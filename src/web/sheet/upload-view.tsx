import type { DocumentSnapshot } from '../../domain/document'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Money } from '../ui/values'

/** Shows a document that was made elsewhere: its total, and its PDF, which is the document. */
export const UploadView = ({ snapshot, pdf }: { snapshot: DocumentSnapshot; pdf: string }) => {
  const { t } = useFrame()
  return (
    <section class="sheet" aria-labelledby="sheet-title">
      <div class="sheet-title">
        <h2 id="sheet-title">
          {t(`document.kind.${snapshot.kind}`)} {snapshot.number}
        </h2>
        <p>{snapshot.buyer.name}</p>
      </div>
      <p>
        {t('document.total')} <Money amount={snapshot.totals.total} currency={snapshot.currency} />
      </p>
      <p>{t('sheet.upload')}</p>
      <p>
        <a href={pdf} class="button">
          <Icon name="download" />
          {t('sheet.upload.open')}
        </a>
      </p>
    </section>
  )
}
