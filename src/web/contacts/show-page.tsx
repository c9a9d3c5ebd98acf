import type { MergedContact } from '../../db/contact-merging'
import type { StoredContact } from '../../db/contacts'
import type { LikelyDuplicate } from '../../db/likely-duplicates'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Notice } from '../ui/notice'
import { ExactTime } from '../ui/values'
import { ContactCard } from './contact-card'
import { ContactHistory, type ContactHistoryProps } from './contact-history'
import { Duplicates, MergedContacts, MergedNotice, StayedNotice } from './merge-notes'

export interface ContactShowProps extends ContactHistoryProps {
  /** Reasons why addresses are blocked, by address key. */
  blocked: Map<string, string>
  hasDocuments: boolean
  /** The contact that this one was merged into. */
  into: StoredContact | undefined
  /** Contacts that were merged into this one. */
  merged: MergedContact[]
  likely: LikelyDuplicate[]
  /** Labels of fields that an undone merge did not restore. */
  stayed: string[]
}

/** Shows a contact's fields beside its documents and deliveries. */
export const ContactShowPage = (props: ContactShowProps) => {
  const { t } = useFrame()
  const { contact, blocked, into, merged, likely, stayed } = props
  return (
    <>
      <Head {...props} />
      <StayedNotice stayed={stayed} />
      {into && <MergedNotice contact={contact} into={into} />}
      {contact.forgottenAt !== null && (
        <Notice tone="warn">
          <p>
            {t('contact.forgotten')} <ExactTime at={contact.forgottenAt} />
          </p>
          <p>{t('contact.forgotten.kept')}</p>
        </Notice>
      )}
      <div class="contact-page">
        <aside class="stack">
          <ContactCard contact={contact} blocked={blocked} />
          <Duplicates contact={contact} likely={likely} />
          <MergedContacts merged={merged} />
        </aside>
        <ContactHistory {...props} />
      </div>
    </>
  )
}

const Head = ({ contact, hasDocuments }: ContactShowProps) => {
  const { t } = useFrame()
  return (
    <header class="page-head">
      <div>
        <Breadcrumb href={routes.contacts}>{t('contacts.title')}</Breadcrumb>
        <h1 class="break-all">{contact.name}</h1>
        <p class="cluster">
          <Badge tone="idle" icon={contact.kind === 'company' ? 'building-2' : 'user'}>
            {t(`contact.kind.${contact.kind}`)}
          </Badge>
          {contact.archivedAt !== null && (
            <Badge tone="idle" icon="archive">
              {t('contact.archived')}
            </Badge>
          )}
        </p>
      </div>
      <Actions contact={contact} hasDocuments={hasDocuments} />
    </header>
  )
}

interface ActionProps {
  contact: StoredContact
  hasDocuments: boolean
}

const Actions = ({ contact, hasDocuments }: ActionProps) => {
  const { t } = useFrame()
  const mayForget = useMay('admin')
  if (!useMay('member')) return null
  const { id, archivedAt } = contact
  if (contact.forgottenAt !== null || contact.mergedInto !== null) return <DataLink id={id} button />
  return (
    <div class="cluster">
      {archivedAt === null && (
        <a class="button primary" href={`${routes.newDocument}?contact=${id}`}>
          <Icon name="plus" />
          {t('contact.new_invoice')}
        </a>
      )}
      <a class="button" href={routes.contactEdit(id)}>
        <Icon name="pencil" />
        {t('contacts.edit')}
      </a>
      <details class="menu">
        <summary class="button quiet icon-only" aria-label={t('contact.menu')}>
          <Icon name="ellipsis" />
        </summary>
        <div class="menu-items">
          <DataLink id={id} />
          {archivedAt === null && (
            <a href={routes.contactMerging(id)}>
              <Icon name="users" />
              {t('contact.merge')}
            </a>
          )}
          <ArchiveButton contact={contact} />
          {mayForget && (
            <a class="danger" href={routes.contactForgetting(id)}>
              <Icon name="eraser" />
              {t('contact.forget')}
            </a>
          )}
          {hasDocuments ? (
            <p class="menu-note small muted">{t('contact.delete.why_not')}</p>
          ) : (
            <a class="danger" href={routes.contactDeletion(id)}>
              <Icon name="trash-2" />
              {t('contact.delete')}
            </a>
          )}
        </div>
      </details>
    </div>
  )
}

const DataLink = ({ id, button = false }: { id: string; button?: boolean }) => {
  const { t } = useFrame()
  return (
    <a class={button ? 'button' : undefined} href={routes.contactData(id)} download>
      <Icon name="download" />
      {t('contact.data')}
    </a>
  )
}

export const ArchiveButton = ({ contact: { id, archivedAt } }: Pick<ActionProps, 'contact'>) => {
  const { t } = useFrame()
  const archived = archivedAt !== null
  return (
    <form method="post" action={archived ? routes.contactRestoration(id) : routes.contactArchive(id)}>
      <button type="submit">
        <Icon name={archived ? 'undo-2' : 'archive'} />
        {t(archived ? 'contact.restore' : 'contact.archive')}
      </button>
    </form>
  )
}
