/** Shows the cells of a document's row and their column headers, for every table of documents. */
import type { DocumentItem } from '../../db/document-list'
import { documentStates } from '../../domain/document-state'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { MailCell } from './mail-cell'
import { DocumentStateBadge } from './state-badge'
import { DateText, Money } from './values'

interface Props {
  item: DocumentItem
}

export const EnvelopeHead = () => {
  const { t } = useFrame()
  return (
    <th scope="col" class="shrink">
      <span class="visually-hidden">{t('documents.mail')}</span>
    </th>
  )
}

/** Shows an envelope only for documents that were sent. */
export const EnvelopeCell = ({ item: { mailState, scheduledFor, heldSince } }: Props) => (
  <td class="shrink">
    <MailCell state={mailState} scheduledFor={scheduledFor} heldSince={heldSince} />
  </td>
)

export const NumberCell = ({ item: { id, kind, number } }: Props) => {
  const { t } = useFrame()
  return (
    <th scope="row" class="nowrap">
      <a class="row-link" href={routes.document(id)}>
        {number ?? t('document_state.draft')}
      </a>
      {kind !== 'invoice' && <div class="muted small">{t(`document.kind.${kind}`)}</div>}
    </th>
  )
}

export const DateHead = ({ label }: { label: Key }) => {
  const { t } = useFrame()
  return (
    <th scope="col" class="date">
      {t(label)}
    </th>
  )
}

export const DateCell = ({ date }: { date: string }) => (
  <td class="date">
    <DateText date={date} />
  </td>
)

export const AmountHead = () => {
  const { t } = useFrame()
  return (
    <th scope="col" class="amount">
      {t('documents.amount')}
    </th>
  )
}

/** Shows the total; that of a credit note is negative. */
export const AmountCell = ({ item: { kind, total, currency } }: Props) => (
  <td class="amount">
    <Money amount={kind === 'credit_note' ? -total : total} currency={currency} />
  </td>
)

export const StatesCell = ({ item, today }: Props & { today: string }) => (
  <td>
    {documentStates(item, today).map((state) => (
      <DocumentStateBadge state={state} />
    ))}
  </td>
)
