import type { StoredContact } from '../../db/contacts'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { ErrorNotice } from '../ui/notice'

interface Props {
  contact: StoredContact
  error?: string | undefined
}

/** Asks before a contact's personal data is erased, and lists what is deleted and what stays. */
export const ForgettingPage = ({ contact: { id, name }, error }: Props) => {
  const { t } = useFrame()
  return (
    <section class="card stack">
      <h1>{t('contact.forget.title')}</h1>
      <p class="strong break-all">{name}</p>
      <ErrorNotice error={error} />
      <h2>{t('contact.forget.goes')}</h2>
      <ul>
        <li>{t('contact.forget.goes.contact')}</li>
        <li>{t('contact.forget.goes.mails')}</li>
        <li>{t('contact.forget.goes.drafts')}</li>
      </ul>
      <h2>{t('contact.forget.stays')}</h2>
      <ul>
        <li>{t('contact.forget.stays.documents')}</li>
        <li>{t('contact.forget.stays.deliveries')}</li>
        <li>{t('contact.forget.stays.wishes')}</li>
      </ul>
      <p class="muted">
        {t('contact.forget.last')}{' '}
        <a href={routes.contactData(id)} download>
          {t('contact.data')}
        </a>
      </p>
      <form method="post" action={routes.contactForgetting(id)} class="cluster">
        <button type="submit" class="danger">
          <Icon name="eraser" />
          {t('contact.forget.confirm')}
        </button>
        <a href={routes.contact(id)}>{t('form.cancel')}</a>
      </form>
    </section>
  )
}
