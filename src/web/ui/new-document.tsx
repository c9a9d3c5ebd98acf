import type { DocumentKind } from '../../domain/document'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { Icon } from './icon'
import { useMay } from './may'

/** What the page of a new document, and of a draft, is called. */
export const NEW_TITLES: Record<DocumentKind, Key> = {
  invoice: 'documents.new',
  receipt: 'documents.new.receipt',
  credit_note: 'documents.new.credit_note',
}
export const DRAFT_TITLES: Record<DocumentKind, Key> = {
  invoice: 'documents.draft',
  receipt: 'documents.draft.receipt',
  credit_note: 'documents.draft.credit_note',
}

export const newDocumentPath = (kind: DocumentKind): string =>
  kind === 'invoice' ? routes.newDocument : `${routes.newDocument}?kind=${kind}`

/** An invoice, or a receipt beside it; on the list of receipts the other way round. Credit notes begin at the document they credit. */
export const NewDocument = ({ kind }: { kind: DocumentKind | undefined }) => {
  const { t } = useFrame()
  if (!useMay('member') || kind === 'credit_note') return null
  const [first, second] = kind === 'receipt' ? (['receipt', 'invoice'] as const) : (['invoice', 'receipt'] as const)
  return (
    <div class="cluster">
      <a class="button" href={newDocumentPath(second)}>
        <Icon name="plus" />
        {t(NEW_TITLES[second])}
      </a>
      <a class="button primary" href={newDocumentPath(first)}>
        <Icon name="plus" />
        {t(NEW_TITLES[first])}
      </a>
    </div>
  )
}
