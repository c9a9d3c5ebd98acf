import type { DocumentKind } from '../../domain/document'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { Icon } from './icon'
import { useMay } from './may'

/** Titles of the pages of a new document and of a draft. */
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

/** Shows buttons for a new invoice and receipt, the list's kind first. Credit notes are made from the document that they credit. */
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
