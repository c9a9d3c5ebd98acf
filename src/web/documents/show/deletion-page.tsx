import type { StoredDocument } from '../../../db/documents'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Money } from '../../ui/values'

/** Asks for confirmation, since a deleted draft can't be restored. */
export const DeletionPage = ({ document }: { document: StoredDocument }) => {
  const { t } = useFrame()
  const { id, contactName, total, currency } = document
  return (
    <section class="card stack">
      <h1>{t('documents.delete.title')}</h1>
      <p>
        {contactName || t('documents.no_contact')} · <Money amount={total} currency={currency} />
      </p>
      <p class="muted">{t('documents.delete.text')}</p>
      <form method="post" action={routes.documentDeletion(id)} class="cluster">
        <button type="submit" class="danger">
          {t('documents.delete')}
        </button>
        <a href={routes.document(id)}>{t('form.cancel')}</a>
      </form>
    </section>
  )
}
