/** Turns the body of a request into a contact, by the rules of the form. */
import { type Contact, type ContactField, parseContact } from '../../domain/contact'
import { formatEmailAddresses, parseEmailAddress } from '../../domain/email-addresses'
import { MAX_METADATA } from '../../domain/metadata'
import { changedMetadata } from '../fields'
import type { FieldError } from '../problem'
import { fieldError, invalid } from '../refusal'
import type { ContactChanges } from './contact-schemas'

const POINTERS: Record<ContactField, string> = {
  ...{ kind: '/kind', name: '/name', emails: '/emails', lines: '/address/lines', postcode: '/address/postcode' },
  ...{ town: '/address/town', region: '/address/region', country: '/address/country', vatId: '/vat_id' },
  ...{ language: '/language', currency: '/currency', notes: '/notes', externalId: '/external_id', source: '/source' },
}

const EMPTY: Contact = {
  ...{ kind: 'company', name: '', vatId: '', language: '', currency: '', emails: [], notes: '' },
  ...{
    address: { lines: [], postcode: '', town: '', region: '', country: '' },
    externalId: '',
    source: '',
    metadata: {},
  },
}

/**
 * Returns a contact with these changes. Throws a problem that names every field that is wrong.
 * @param at JSON Pointer of the contact in the body
 */
export function readContact(changes: ContactChanges, current: Contact = EMPTY, at = ''): Contact {
  const { emails = current.emails, address: { lines = current.address.lines, ...place } = {} } = changes
  const wrongEmails = emails.flatMap((text, index): FieldError[] => {
    const parsed = parseEmailAddress(text)
    return parsed.ok ? [] : [fieldError(`${at}/emails/${index}`, parsed)]
  })
  const parsed = parseContact({
    kind: changes.kind ?? current.kind,
    name: changes.name ?? current.name,
    emails: wrongEmails.length > 0 ? '' : formatEmailAddresses(emails),
    ...{ ...current.address, ...place },
    lines: lines.join('\n'),
    vatId: changes.vat_id ?? current.vatId,
    language: changes.language ?? current.language,
    currency: changes.currency ?? current.currency,
    notes: changes.notes ?? current.notes,
    externalId: changes.external_id ?? current.externalId,
    source: changes.source ?? current.source,
  })
  const metadata = changedMetadata(current.metadata ?? {}, changes.metadata ?? {})
  const errors = [
    ...wrongEmails,
    ...(parsed.ok ? [] : Object.entries(parsed.problems)).flatMap(([field, refusals]) =>
      refusals.map((refused) => fieldError(at + POINTERS[field as ContactField], refused)),
    ),
    ...(metadata
      ? []
      : [{ pointer: `${at}/metadata`, code: 'too_many', detail: `It has at most ${MAX_METADATA} pairs.` }]),
  ]
  if (!parsed.ok || !metadata || errors.length > 0) throw invalid(errors)
  return { ...parsed.value, metadata }
}
