import { DOCUMENT_KINDS } from '../../../domain/document'
import { useFrame } from '../../ui/frame'
import { type ListQuery, listPath } from './list-query'

/** A list for each kind, and one of all. What was searched for is searched for there, too; a state is not every kind's. */
export const KindTabs = ({ query }: { query: ListQuery }) => {
  const { t } = useFrame()
  return (
    <nav class="tabs" aria-label={t('documents.tabs')}>
      {[undefined, ...DOCUMENT_KINDS].map((kind) => (
        <a href={listPath(query, { kind, state: undefined })} aria-current={query.kind === kind ? 'page' : undefined}>
          {t(`documents.tab.${kind ?? 'all'}`)}
        </a>
      ))}
    </nav>
  )
}
