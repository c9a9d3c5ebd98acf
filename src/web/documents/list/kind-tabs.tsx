import { DOCUMENT_KINDS } from '../../../domain/document'
import { useFrame } from '../../ui/frame'
import { type ListQuery, listPath } from './list-query'

/** Links to the list of each kind, and of all. Keeps the search, but not the state, which other kinds may not have. */
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
