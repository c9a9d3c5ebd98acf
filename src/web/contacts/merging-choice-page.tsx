import type { ContactItem } from '../../db/contact-search'
import type { StoredContact } from '../../db/contacts'
import type { LikelyDuplicate } from '../../db/likely-duplicates'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { ErrorNotice } from '../ui/notice'
import { ContactSearchForm } from './search-form'

interface Props {
  contact: StoredContact
  likely: LikelyDuplicate[]
  search: string
  found: ContactItem[]
  error?: string | undefined
}

/** Asks which other contact is the same customer. Offers likely duplicates first, and a search for others. */
export const MergingChoicePage = ({ contact, likely, search, found, error }: Props) => {
  const { t } = useFrame()
  return (
    <div class="stack">
      <header>
        <Breadcrumb href={routes.contact(contact.id)}>{contact.name}</Breadcrumb>
        <h1>{t('contact.merge.title')}</h1>
        <p class="muted">{t('contact.merge.intro', { name: contact.name })}</p>
      </header>
      <ErrorNotice error={error} />
      {likely.length > 0 && (
        <section class="card stack" aria-labelledby="likely">
          <h2 id="likely">{t('contact.duplicates')}</h2>
          <LikelyList contact={contact} likely={likely} />
        </section>
      )}
      <section class="card stack" id="merge-search">
        <h2>{t('contact.merge.search')}</h2>
        <ContactSearchForm path={routes.contactMerging(contact.id)} text={search} results="merge-found" />
        <div id="merge-found" aria-live="polite">
          {search.trim() !== '' && found.length === 0 && (
            <p class="muted">{t('contacts.none_found', { prefix: search })}</p>
          )}
          <ul class="merge-list">
            {found.map((item) => (
              <Candidate contact={contact} other={item} />
            ))}
          </ul>
        </div>
      </section>
    </div>
  )
}

/** Lists likely duplicates, each with the reason. */
export const LikelyList = ({ contact, likely }: Pick<Props, 'contact' | 'likely'>) => {
  const { t } = useFrame()
  return (
    <ul class="merge-list">
      {likely.map((other) => (
        <Candidate contact={contact} other={other} why={t(`contact.duplicate.${other.why}`)} />
      ))}
    </ul>
  )
}

interface CandidateProps {
  contact: Pick<StoredContact, 'id'>
  other: Pick<StoredContact, 'id' | 'name' | 'emails'>
  why?: string
}

const Candidate = ({ contact, other, why }: CandidateProps) => {
  const { t } = useFrame()
  const path = `${routes.contactMerging(contact.id)}?${new URLSearchParams({ with: other.id })}`
  return (
    <li>
      <div class="break-all">
        <a class="quiet strong" href={routes.contact(other.id)}>
          {other.name}
        </a>
        <div class="muted small">{other.emails.join(', ') || t('contact.no_email')}</div>
        {why && <div class="muted small">{why}</div>}
      </div>
      <a class="button small" href={path} aria-label={t('contact.merge.with', { name: other.name })}>
        {t('contact.merge.action')}
      </a>
    </li>
  )
}
