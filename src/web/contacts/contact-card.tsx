import type { Child } from 'hono/jsx'
import type { StoredContact } from '../../db/contacts'
import { addressLines } from '../../domain/address'
import { addressKey } from '../../domain/email-addresses'
import { likelyAddress } from '../../domain/email-typos'
import { countryName, currencyName, languageName } from '../../i18n/format'
import { reasonText } from '../../i18n/reason'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { Time } from '../ui/values'

interface Props {
  contact: StoredContact
  /** Reasons why addresses are blocked, by address key. */
  blocked: Map<string, string>
}

/** Shows all fields of a contact. */
export const ContactCard = ({ contact, blocked }: Props) => {
  const { t, language } = useFrame()
  const { address, emails } = contact
  const lines = [...addressLines(address), address.country && countryName(address.country, language)].filter(Boolean)
  return (
    <section class="card" aria-label={contact.name}>
      <dl class="facts stacked">
        <Fact label={t('contact.emails')}>
          {emails.length > 0
            ? emails.map((email) => <Email contact={contact} email={email} reason={blocked.get(addressKey(email))} />)
            : t(contact.forgottenAt === null ? 'contact.no_email' : 'deliveries.address_forgotten')}
        </Fact>
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

interface EmailProps {
  contact: StoredContact
  email: string
  /** Reason why the address is blocked. */
  reason: string | undefined
}

const Email = ({ contact, email, reason }: EmailProps) => {
  const { t } = useFrame()
  return (
    <div class="contact-email">
      <div class="cluster">
        {email}
        {reason && (
          <Badge tone="bad" icon="mail-x">
            {t('contact.blocked')}
          </Badge>
        )}
      </div>
      {reason && <p class="small muted">{reasonText(t, reason)}</p>}
      {contact.mergedInto === null && <Correction contact={contact} email={email} />}
    </div>
  )
}

/** Offers to correct an address that looks mistyped. */
const Correction = ({ contact, email }: Pick<EmailProps, 'contact' | 'email'>) => {
  const { t } = useFrame()
  const may = useMay('member')
  const likely = likelyAddress(email)
  if (!likely) return null
  return (
    <form method="post" action={routes.contactCorrections(contact.id)} class="suggestion small">
      <input type="hidden" name="address" value={email} />
      <span>{t('contact.typo', { address: likely })}</span>
      {may && (
        <button type="submit" class="small">
          {t('contact.typo.correct')}
        </button>
      )}
    </form>
  )
}

/** Shows a label and its value in a `<dl>`; nothing when the value is empty. */
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
