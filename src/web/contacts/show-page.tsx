import type { Child } from 'hono/jsx'
import type { StoredContact } from '../../db/contacts'
import { addressLines } from '../../domain/address'
import { countryName, currencyName, languageName } from '../../i18n/format'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Time } from '../ui/values'

export const ContactShowPage = ({ contact }: { contact: StoredContact }) => {
  const { t } = useFrame()
  return (
    <>
      <header class="page-head">
        <div>
          <nav class="breadcrumb">
            <a href={routes.contacts}>
              <Icon name="chevron-left" />
              {t('contacts.title')}
            </a>
          </nav>
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
        <ContactActions contact={contact} />
      </header>
      <div class="stack">
        <ContactCard contact={contact} />
        <a class="cluster" href={`${routes.documents}?q=${encodeURIComponent(contact.name)}`}>
          <Icon name="file-text" />
          {t('contact.documents')}
        </a>
      </div>
    </>
  )
}

const ContactActions = ({ contact: { id, archivedAt } }: { contact: StoredContact }) => {
  const { t } = useFrame()
  if (!useMay('member')) return null
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
      <form method="post" action={archivedAt === null ? routes.contactArchive(id) : routes.contactRestoration(id)}>
        <button type="submit">
          <Icon name={archivedAt === null ? 'archive' : 'undo-2'} />
          {t(archivedAt === null ? 'contact.archive' : 'contact.restore')}
        </button>
      </form>
    </div>
  )
}

const ContactCard = ({ contact }: { contact: StoredContact }) => {
  const { t, language } = useFrame()
  const { address, emails } = contact
  const lines = [...addressLines(address), address.country && countryName(address.country, language)].filter(Boolean)
  return (
    <section class="card" aria-label={contact.name}>
      <dl class="facts">
        <Fact label={t('contact.emails')}>{emails.length > 0 ? <Lines lines={emails} /> : t('contact.no_email')}</Fact>
        <Fact label={t('contact.address')}>{lines.length > 0 && <Lines lines={lines} />}</Fact>
        <Fact label={t('contact.vat_id')}>{contact.vatId}</Fact>
        <Fact label={t('contact.language')}>{contact.language && languageName(contact.language, language)}</Fact>
        <Fact label={t('contact.currency')}>
          {contact.currency && `${contact.currency} – ${currencyName(contact.currency, language)}`}
        </Fact>
        <Fact label={t('contact.external_id')}>{contact.externalId}</Fact>
        <Fact label={t('contact.source')}>{contact.source}</Fact>
        <Fact label={t('contact.notes')}>{contact.notes && <Lines lines={contact.notes.split('\n')} />}</Fact>
        <Fact label={t('contact.updated')}>
          <Time at={contact.updatedAt} />
        </Fact>
      </dl>
    </section>
  )
}

/** A fact that is not there is not shown. */
const Fact = ({ label, children }: { label: string; children: Child }) =>
  children ? (
    <>
      <dt>{label}</dt>
      <dd class="break-all">{children}</dd>
    </>
  ) : null

const Lines = ({ lines }: { lines: string[] }) => (
  <>
    {lines.map((line) => (
      <div>{line || '\u00a0'}</div>
    ))}
  </>
)
