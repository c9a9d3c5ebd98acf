import type { Moves } from '../../db/contact-merging'
import type { StoredContact } from '../../db/contacts'
import { differIn, MERGE_FIELDS, type MergeChoices, type MergeField, unitedEmails } from '../../domain/contact-merge'
import { addressKey, MAX_EMAILS } from '../../domain/email-addresses'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { fieldId } from '../ui/form'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { ErrorNotice } from '../ui/notice'
import { MERGE_LABELS, mergeValue } from './merge-values'

interface Props {
  kept: StoredContact
  other: StoredContact
  choices: MergeChoices
  /** Counts at most `DOCUMENTS_COUNTED` + 1 documents. */
  moves: Moves
  error?: string | undefined
}

export const DOCUMENTS_COUNTED = 200

/** Asks which value of each field stays, and explains what happens to the documents and the other contact. */
export const MergingPage = (props: Props) => {
  const { t } = useFrame()
  const { kept, other, error } = props
  const differing = MERGE_FIELDS.filter((field) => differIn(field, kept, other))
  return (
    <form method="post" action={routes.contactMerging(kept.id)} class="stack merge">
      <header>
        <Breadcrumb href={routes.contactMerging(kept.id)}>{t('contact.merge.title')}</Breadcrumb>
        <h1>{t('contact.merge.two')}</h1>
      </header>
      <ErrorNotice error={error} />
      <input type="hidden" name="with" value={other.id} />
      <input type="hidden" name="keptVersion" value={String(kept.version)} />
      <input type="hidden" name="otherVersion" value={String(other.version)} />
      <section class="card stack">
        <h2>{t('contact.merge.fields')}</h2>
        <p class="muted">{t('contact.merge.fields.hint')}</p>
        <Heads {...props} />
        <Emails {...props} />
        {differing.map((field) => (
          <FieldChoice {...props} field={field} />
        ))}
        {MERGE_FIELDS.filter((field) => !differing.includes(field)).map((field) => (
          <input type="hidden" name={`winner.${field}`} value="kept" />
        ))}
      </section>
      <WhatMoves {...props} />
      <div class="cluster">
        <button type="submit" class="primary">
          <Icon name="users" />
          {t('contact.merge.confirm')}
        </button>
        {other.archivedAt === null && (
          <a class="button" href={`${routes.contactMerging(other.id)}?${new URLSearchParams({ with: kept.id })}`}>
            {t('contact.merge.swap')}
          </a>
        )}
        <a href={routes.contact(kept.id)}>{t('form.cancel')}</a>
      </div>
    </form>
  )
}

/** Shows names and addresses of both contacts: duplicates often share the name. */
const Heads = ({ kept, other }: Props) => {
  const { t } = useFrame()
  return (
    <div class="merge-field merge-heads">
      {[kept, other].map((contact) => (
        <div>
          <div class="muted small">{t(contact === kept ? 'contact.merge.stays' : 'contact.merge.goes')}</div>
          <a class="quiet strong break-all" href={routes.contact(contact.id)}>
            {contact.name}
          </a>
          <div class="muted small break-all">{contact.emails.join(', ') || t('contact.no_email')}</div>
        </div>
      ))}
    </div>
  )
}

const Emails = ({ kept, other, choices }: Props) => {
  const { t } = useFrame()
  const united = unitedEmails(kept, other)
  if (united.length === 0) return null
  const chosen = new Set(choices.emails.map(addressKey))
  return (
    <fieldset class="merge-field">
      <legend>{t('contact.emails')}</legend>
      <div class="merge-emails">
        {united.map((email, index) => (
          <div class="check">
            <input
              type="checkbox"
              id={fieldId(`email.${index}`)}
              name={`email.${index}`}
              value={email}
              checked={chosen.has(addressKey(email))}
            />
            <label for={fieldId(`email.${index}`)} class="break-all">
              {email}
            </label>
          </div>
        ))}
        {united.length > MAX_EMAILS && <p class="hint">{t('contact.merge.emails', { max: MAX_EMAILS })}</p>}
      </div>
    </fieldset>
  )
}

const FieldChoice = ({ kept, other, choices, field }: Props & { field: MergeField }) => {
  const { t } = useFrame()
  const name = `winner.${field}`
  return (
    <fieldset class="merge-field">
      <legend>{t(MERGE_LABELS[field])}</legend>
      {(['kept', 'other'] as const).map((side) => (
        <div class="check">
          <input
            type="radio"
            id={fieldId(`${name}.${side}`)}
            name={name}
            value={side}
            checked={choices.winners[field] === side}
          />
          <label for={fieldId(`${name}.${side}`)} class="break-all">
            <Value contact={side === 'kept' ? kept : other} field={field} />
          </label>
        </div>
      ))}
    </fieldset>
  )
}

const Value = ({ contact, field }: { contact: StoredContact; field: MergeField }) => {
  const { t, language } = useFrame()
  const lines = mergeValue(field, contact, t, language)
  if (lines.length === 0) return <span class="muted">{t('contact.merge.nothing')}</span>
  return (
    <>
      {lines.map((line) => (
        <div>{line}</div>
      ))}
    </>
  )
}

const WhatMoves = ({ moves }: Props) => {
  const { t, language } = useFrame()
  const { documents, drafts, stripe } = moves
  const counted =
    documents > DOCUMENTS_COUNTED
      ? t('contact.merge.documents.many', { count: DOCUMENTS_COUNTED })
      : plural(language, 'contact.merge.documents', documents, { count: documents })
  return (
    <section class="card stack">
      <h2>{t('contact.merge.moves')}</h2>
      <ul>
        <li>{documents === 0 ? t('contact.merge.documents.none') : counted}</li>
        {drafts > 0 && documents <= DOCUMENTS_COUNTED && (
          <li>{plural(language, 'contact.merge.drafts', drafts, { count: drafts })}</li>
        )}
        {stripe && <li>{t('contact.merge.stripe')}</li>}
      </ul>
      <p>{t('contact.merge.printed')}</p>
      <p class="muted">{t('contact.merge.undo')}</p>
    </section>
  )
}
