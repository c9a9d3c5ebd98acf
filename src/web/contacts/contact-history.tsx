import { CONTACT_VIEWS, type ContactDelivery, type ContactView } from '../../db/contact-documents'
import type { StoredContact } from '../../db/contacts'
import type { DocumentPage } from '../../db/document-scan'
import { isProblemStatus } from '../../domain/problem'
import { reasonText } from '../../i18n/reason'
import { routes } from '../../routes'
import { DeliveryBadge } from '../ui/delivery-badge'
import {
  AmountCell,
  AmountHead,
  DateCell,
  DateHead,
  EnvelopeCell,
  EnvelopeHead,
  NumberCell,
  StatesCell,
} from '../ui/document-cells'
import { useFrame } from '../ui/frame'
import { Pages } from '../ui/pages'
import { ProblemActions } from '../ui/problem-actions'
import { Time } from '../ui/values'
import { contactPath } from './contact-path'

export interface ContactHistoryProps {
  contact: StoredContact
  view: ContactView
  /** True if this is not the first page. */
  deep: boolean
  found: DocumentPage
  /** Deliveries of the documents found; empty in the view of documents. */
  deliveries: ContactDelivery[]
  /** Today's date (ISO) in the account's time zone. */
  today: string
  newFormId: () => string
}

/** Shows one page of a contact's documents, deliveries or problems. */
export const ContactHistory = (props: ContactHistoryProps) => {
  const { t } = useFrame()
  const { contact, view, deep, found, deliveries } = props
  // Documents without deliveries are possible: deliveries of old documents are deleted.
  const none = found.items.length === 0 || (view !== 'documents' && deliveries.length === 0)
  return (
    <section class="contact-history" aria-label={t(`contact.view.${view}`)}>
      <nav class="tabs" aria-label={t('contact.views')}>
        {CONTACT_VIEWS.map((other) => (
          <a href={contactPath(contact.id, other)} aria-current={other === view ? 'page' : undefined}>
            {t(`contact.view.${other}`)}
          </a>
        ))}
      </nav>
      <div class="card flush">
        {none ? (
          <div class="empty">
            <p>{t(`contact.view.${view}.none`)}</p>
          </div>
        ) : view === 'documents' ? (
          <Documents {...props} />
        ) : (
          <Deliveries {...props} />
        )}
        <Pages
          first={deep ? contactPath(contact.id, view) : undefined}
          next={found.next && contactPath(contact.id, view, found.next)}
          nextLabel={found.scanned ? 'documents.further' : 'documents.older'}
          note={Boolean(found.scanned) && t('documents.scanned', { count: found.scanned ?? 0 })}
        />
      </div>
    </section>
  )
}

const Documents = ({ found, today }: ContactHistoryProps) => {
  const { t } = useFrame()
  return (
    <table class="list stacked documents">
      <thead>
        <tr>
          <EnvelopeHead />
          <th scope="col">{t('documents.number')}</th>
          <DateHead label="documents.date" />
          <AmountHead />
          <th scope="col">{t('documents.state')}</th>
        </tr>
      </thead>
      <tbody>
        {found.items.map((item) => (
          <tr>
            <EnvelopeCell item={item} />
            <NumberCell item={item} />
            <DateCell date={item.issueDate} />
            <AmountCell item={item} />
            <StatesCell item={item} today={today} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Deliveries = ({ found, deliveries, newFormId }: ContactHistoryProps) => {
  const { t } = useFrame()
  const numbers = new Map(found.items.map(({ id, number }) => [id, number]))
  return (
    <table class="list stacked contact-deliveries">
      <thead>
        <tr>
          <th scope="col">{t('documents.number')}</th>
          <th scope="col">{t('contact.delivery.address')}</th>
          <th scope="col">{t('contact.delivery.status')}</th>
          <th scope="col">{t('contact.delivery.time')}</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryRow delivery={delivery} number={numbers.get(delivery.documentId) ?? null} formId={newFormId()} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  delivery: ContactDelivery
  number: string | null
  formId: string
}

const DeliveryRow = ({ delivery, number, formId }: RowProps) => {
  const { t } = useFrame()
  const { documentId, address, deliveredAt, endedAt, sentAt, createdAt } = delivery
  return (
    <tr>
      <th scope="row" class="nowrap">
        <a href={routes.document(documentId)}>{number ?? t('document_state.draft')}</a>
      </th>
      <td class="break-all">{address || <span class="muted">{t('deliveries.address_forgotten')}</span>}</td>
      <td>
        <DeliveryBadge delivery={delivery} scheduledFor={delivery.scheduledFor} />
        <Failure delivery={delivery} formId={formId} />
      </td>
      <td>
        <Time at={deliveredAt ?? endedAt ?? sentAt ?? createdAt} />
      </td>
    </tr>
  )
}

/** Explains a failed delivery: first a sentence, then the server's text, then actions that fix it. */
const Failure = ({ delivery, formId }: Omit<RowProps, 'number'>) => {
  const { t } = useFrame()
  const { id: deliveryId, documentId, address, status, reason, serverText, problemOpen } = delivery
  if (!isProblemStatus(status) && status !== 'deferred') return null
  const sentence = reasonText(t, reason)
  return (
    <div class="small contact-trouble">
      {sentence && <p>{sentence}</p>}
      {serverText && <samp class="muted break-all">{serverText}</samp>}
      {problemOpen && <ProblemActions {...{ documentId, deliveryId, address, status, reason, formId }} open compact />}
    </div>
  )
}
