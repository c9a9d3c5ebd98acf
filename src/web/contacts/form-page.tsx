import { CONTACT_FIELDS, type Contact, typeContact } from '../../domain/contact'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { Conflict, differencesOf } from '../ui/conflict'
import { ErrorSummary } from '../ui/form'
import { FormAccount } from '../ui/form-account'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { ContactFields, MoreContactFields } from './contact-fields'
import { CONTACT_LABELS } from './contact-labels'

/** Shows the form of a new contact. It carries the contact's id, so that a form sent twice makes one contact. */
export const ContactNewPage = ({ form, id }: { form: FormState; id: string }) => {
  const { t } = useFrame()
  return (
    <>
      <Head back={routes.contacts} backLabel={t('contacts.title')} title={t('contacts.new')} />
      <form method="post" action={routes.contacts} class="stack card" novalidate>
        <ErrorSummary form={form} />
        <FormAccount />
        <input type="hidden" name="id" value={id} />
        <Fields form={form} />
        <Actions save={t('contacts.create')} cancel={routes.contacts} />
      </form>
    </>
  )
}

interface EditProps {
  id: string
  name: string
  version: number
  form: FormState
  /** The version that another person saved after this form was opened. */
  saved?: Contact | undefined
}

export const ContactEditPage = ({ id, name, version, form, saved }: EditProps) => {
  const { t } = useFrame()
  return (
    <>
      <Head back={routes.contact(id)} backLabel={name} title={t('contacts.edit')} />
      <form method="post" action={routes.contact(id)} class="stack card" novalidate>
        {saved && <Conflict differences={differencesOf(form.values, typeContact(saved), labels(t))} />}
        <ErrorSummary form={form} />
        <input type="hidden" name="version" value={String(version)} />
        <Fields form={form} />
        <Actions save={t('form.save')} cancel={routes.contact(id)} />
      </form>
    </>
  )
}

const Head = ({ back, backLabel, title }: { back: string; backLabel: string; title: string }) => (
  <header class="page-head">
    <div>
      <Breadcrumb href={back}>{backLabel}</Breadcrumb>
      <h1>{title}</h1>
    </div>
  </header>
)

const Fields = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  return (
    <>
      <div class="form-group">
        <p class="muted">{t('contact.form.intro')}</p>
        <ContactFields form={form} />
      </div>
      <section class="form-group">
        <h2>{t('contact.group.more')}</h2>
        <MoreContactFields form={form} />
      </section>
    </>
  )
}

const Actions = ({ save, cancel }: { save: string; cancel: string }) => {
  const { t } = useFrame()
  return (
    <div class="form-actions">
      <button type="submit" class="primary">
        {save}
      </button>
      <a href={cancel}>{t('form.cancel')}</a>
    </div>
  )
}

const labels = (t: (key: Key) => string): [string, string][] =>
  CONTACT_FIELDS.map((field) => [field, t(CONTACT_LABELS[field])])
