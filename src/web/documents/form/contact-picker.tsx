import type { ContactItem } from '../../../db/contact-search'
import { addressLines } from '../../../domain/address'
import { countryName } from '../../../i18n/format'
import { routes } from '../../../routes'
import { ContactFields } from '../../contacts/contact-fields'
import { Field } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { ActButton } from './act-button'

export interface PickerProps {
  state: FormState
  /** The chosen contact. */
  contact?: ContactItem | undefined
  newContact: boolean
  /** Contacts that match the search; without a search, the first ones of the account. */
  matches: ContactItem[]
  focus?: string | undefined
  /** Name of a credit note's customer, which is that of the credited document and can't be changed. */
  fixedName?: string | undefined
}

/** Shows the chosen contact, a search for one, or the fields of a new one. */
export const ContactPicker = (props: PickerProps) => {
  const { t } = useFrame()
  const choice = props.newContact ? <NewContact {...props} /> : <SearchContact {...props} />
  return (
    <fieldset class="form-group" id="contact">
      <legend>{t('documents.customer')}</legend>
      {props.fixedName !== undefined && !props.contact && <p class="strong">{props.fixedName}</p>}
      {props.contact && <ChosenContact contact={props.contact} fixed={props.fixedName !== undefined} />}
      {props.fixedName === undefined && !props.contact && choice}
    </fieldset>
  )
}

const ChosenContact = ({ contact, fixed }: { contact: ContactItem; fixed: boolean }) => {
  const { t, language } = useFrame()
  const { id, name, address, emails } = contact
  return (
    <div class="chosen-contact">
      <input type="hidden" name="contactId" value={id} />
      <address>
        <div class="strong">{name}</div>
        {[...addressLines(address), address.country && countryName(address.country, language)]
          .filter(Boolean)
          .map((line) => (
            <div>{line}</div>
          ))}
        <div class="muted">{emails.join(', ') || t('contact.no_email')}</div>
      </address>
      {!fixed && (
        <ActButton act="contact:change" class="small">
          {t('documents.customer.change')}
        </ActButton>
      )}
    </div>
  )
}

const SearchContact = ({ state, matches, focus }: PickerProps) => {
  const { t } = useFrame()
  const whileTyping = {
    'hx-post': routes.documentForm,
    'hx-trigger': 'input changed delay:200ms',
    'hx-target': '#contact-matches',
    'hx-swap': 'outerHTML',
    'hx-include': 'closest form',
    'hx-sync': 'this:replace',
  }
  return (
    <>
      <Field
        form={state}
        name="contactSearch"
        label={t('documents.customer.search')}
        maxlength={100}
        autocomplete="off"
        attributes={{ ...whileTyping, ...(focus === 'contactSearch' && { autofocus: '' }) }}
      />
      <noscript>
        <button type="submit" name="act" value="contact:find" formaction={routes.documentForm} formnovalidate>
          <Icon name="search" />
          {t('documents.customer.find')}
        </button>
      </noscript>
      <ContactMatches matches={matches} search={state.values.contactSearch ?? ''} />
      <div>
        <ActButton act="contact:new">
          <Icon name="plus" />
          {t('documents.customer.new')}
        </ActButton>
      </div>
    </>
  )
}

export const ContactMatches = ({ matches, search }: { matches: ContactItem[]; search: string }) => {
  const { t } = useFrame()
  return (
    <ul class="contact-matches" id="contact-matches" aria-live="polite">
      {matches.map(({ id, name, emails }) => (
        <li>
          <ActButton act={`contact:choose:${id}`} class="quiet">
            <span class="strong">{name}</span>
            <span class="muted">{emails[0]}</span>
          </ActButton>
        </li>
      ))}
      {matches.length === 0 && search && <li class="muted">{t('documents.customer.none', { text: search })}</li>}
    </ul>
  )
}

const NewContact = ({ state, focus }: PickerProps) => {
  const { t } = useFrame()
  return (
    <>
      <input type="hidden" name="newContact" value="on" />
      <input type="hidden" name="contact.id" value={state.values['contact.id'] ?? ''} />
      <ContactFields form={state} prefix="contact." autofocus={focus === 'contact.name'} />
      <div>
        <ActButton act="contact:change" class="small">
          {t('documents.customer.existing')}
        </ActButton>
      </div>
    </>
  )
}
