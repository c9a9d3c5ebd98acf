import type { StoredContact } from '../../db/contacts'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { ArchiveButton } from './show-page'

interface Props {
  contact: StoredContact
  hasDocuments: boolean
}

/** Asks before a contact is deleted. If documents prevent that, explains so and offers to archive it. */
export const ContactDeletionPage = ({ contact, hasDocuments }: Props) => {
  const { t } = useFrame()
  const { id, name } = contact
  return (
    <section class="card stack">
      <h1>{t(hasDocuments ? 'contact.delete.refused' : 'contact.delete.title')}</h1>
      <p class="strong break-all">{name}</p>
      <p class="muted">{t(hasDocuments ? 'contact.delete.why_not' : 'contact.delete.text')}</p>
      <div class="cluster">
        {!hasDocuments && (
          <form method="post" action={routes.contactDeletion(id)}>
            <button type="submit" class="danger">
              <Icon name="trash-2" />
              {t('contact.delete.confirm')}
            </button>
          </form>
        )}
        {hasDocuments && contact.archivedAt === null && <ArchiveButton contact={contact} />}
        <a href={routes.contact(id)}>{t(hasDocuments ? 'contact.delete.back' : 'form.cancel')}</a>
      </div>
    </section>
  )
}
