import type { ContactItem } from '../../db/contact-search'
import { countryName } from '../../i18n/format'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Pages } from '../ui/pages'
import { ExportContacts, ImportContacts, NewContact } from './list-actions'
import { ContactSearchForm } from './search-form'

interface Props {
  prefix: string
  archived: boolean
  items: ContactItem[]
  /** Paths of other pages of this list. */
  firstPath?: string | undefined
  nextPath?: string | undefined
  /** True if the account has no contacts, not even archived ones. */
  empty: boolean
}

export const ContactListPage = (props: Props) => {
  const { t } = useFrame()
  return (
    <>
      <header class="page-head">
        <h1>{t('contacts.title')}</h1>
        <div class="cluster">
          <ImportContacts />
          {!props.empty && <ExportContacts archived={props.archived} />}
          {!props.empty && <NewContact />}
        </div>
      </header>
      {props.empty ? <NoContacts /> : <ContactList {...props} />}
    </>
  )
}

const NoContacts = () => {
  const { t } = useFrame()
  return (
    <div class="card empty">
      <Icon name="users" />
      <h2>{t('contacts.empty.title')}</h2>
      <p>{t('contacts.empty.text')}</p>
      <NewContact />
    </div>
  )
}

const ContactList = ({ prefix, archived, items, firstPath, nextPath }: Props) => {
  const { t } = useFrame()
  return (
    <div class="stack">
      <div class="contact-tools">
        <ContactSearchForm path={routes.contacts} text={prefix} results="contact-results" keepsAddress>
          {archived && <input type="hidden" name="archived" value="yes" />}
        </ContactSearchForm>
        <nav class="chips" aria-label={t('contacts.filter')}>
          <a class="chip" href={routes.contacts} aria-current={archived ? undefined : 'true'}>
            {t('contacts.live')}
          </a>
          <a class="chip" href={`${routes.contacts}?archived=yes`} aria-current={archived ? 'true' : undefined}>
            <Icon name="archive" />
            {t('contacts.archived')}
          </a>
        </nav>
      </div>
      <div class="card flush" id="contact-results">
        {items.length > 0 ? <ContactTable items={items} /> : <NothingFound prefix={prefix} archived={archived} />}
        <Pages first={firstPath} next={nextPath} />
      </div>
    </div>
  )
}

const ContactTable = ({ items }: { items: ContactItem[] }) => {
  const { t } = useFrame()
  return (
    <table class="list stacked contacts">
      <thead>
        <tr>
          <th scope="col">{t('contact.name')}</th>
          <th scope="col">{t('contact.emails')}</th>
          <th scope="col">{t('contact.place')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <ContactRow item={item} />
        ))}
      </tbody>
    </table>
  )
}

const ContactRow = ({ item }: { item: ContactItem }) => {
  const { t, language } = useFrame()
  const { id, name, kind, emails, address, archivedAt } = item
  const place = [address.town, address.country && countryName(address.country, language)].filter(Boolean).join(', ')
  return (
    <tr>
      <th scope="row">
        <span class="cluster">
          <a class="row-link break-all" href={routes.contact(id)}>
            <Icon name={kind === 'company' ? 'building-2' : 'user'} class="muted" /> {name}
          </a>
          {archivedAt !== null && (
            <Badge tone="idle" icon="archive">
              {t('contact.archived')}
            </Badge>
          )}
        </span>
      </th>
      <td class="break-all">
        {emails.length > 0 ? emails.join(', ') : <span class="muted">{t('contact.no_email')}</span>}
      </td>
      <td>{place}</td>
    </tr>
  )
}

const NothingFound = ({ prefix, archived }: { prefix: string; archived: boolean }) => {
  const { t } = useFrame()
  const text = prefix
    ? t('contacts.none_found', { prefix })
    : t(archived ? 'contacts.none_archived' : 'contacts.none_live')
  return (
    <div class="empty">
      <p>{text}</p>
      {prefix && <a href={routes.contacts}>{t('contacts.all')}</a>}
    </div>
  )
}
