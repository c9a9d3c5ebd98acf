import { findAccount, type StoredAccount } from '../../db/accounts'
import { findCurrentContact } from '../../db/contacts'
import { findDocument, type StoredDocument } from '../../db/documents'
import { listLabels } from '../../db/labels'
import { dateIn } from '../../domain/calendar'
import type { AccountSettings } from '../../domain/company'
import type { DocumentSnapshot } from '../../domain/document'
import { makeSnapshot, type SnapshotParts } from '../../domain/document-snapshot'
import type { StoredLabels } from '../../domain/labels'
import { countryLabels } from '../../i18n/country-labels'
import { taxReasonIn } from '../../i18n/tax-reasons'
import type { Deps } from '../deps'

export interface LoadedSnapshot {
  document: StoredDocument
  /** Without a number while it is a draft. */
  snapshot: DocumentSnapshot
  settings: AccountSettings
  /** The account's date. */
  today: string
  /** The document that a draft of a credit note credits. */
  original?: StoredDocument
}

/**
 * Returns a document and its snapshot: the frozen one of a final document, or the one that a draft would get if it were
 * finalised now. Returns undefined for a document that this account does not have.
 */
export async function loadSnapshot(
  deps: Deps,
  accountId: string,
  documentId: string,
): Promise<LoadedSnapshot | undefined> {
  const [document, account] = await Promise.all([
    findDocument(deps.db, accountId, documentId),
    findAccount(deps.db, accountId),
  ])
  if (!document || !account) return undefined
  const { settings } = account
  const today = dateIn(deps.now(), settings.timeZone)
  const frozen = snapshotOf(document)
  if (frozen) return { document, snapshot: frozen, settings, today }
  const original = document.refersTo ? await findDocument(deps.db, accountId, document.refersTo) : undefined
  // A credit note has the customer of the credited document, whatever a form said.
  const { contactId } = original ?? document
  const [contact, storedLabels] = await Promise.all([
    contactId ? findCurrentContact(deps.db, accountId, contactId) : undefined,
    listLabels(deps.db, accountId),
  ])
  const credited = original && { currency: original.currency, snapshot: snapshotOf(original) }
  const draft = draftSnapshot({ ...document, contact, original: credited }, account, { storedLabels, today })
  return { document, snapshot: { ...draft, number: '' }, settings, today, ...(original && { original }) }
}

export interface Draft extends Pick<SnapshotParts, 'kind' | 'test' | 'contact' | 'content'> {
  /** The document that a credit note credits. */
  original: { currency: string; snapshot: DocumentSnapshot | undefined } | undefined
}

/** Makes the snapshot of a draft. A credit note has the currency of the credited document, whatever a form said. */
export function draftSnapshot(
  { kind, test, contact, content, original }: Draft,
  { company: seller, settings, logo }: StoredAccount,
  { storedLabels, today }: { storedLabels: readonly StoredLabels[]; today: string },
): Omit<DocumentSnapshot, 'number'> {
  return makeSnapshot({
    ...{ kind, test, seller, settings, logo, contact, storedLabels, today },
    content: original ? { ...content, currency: original.currency } : content,
    original: original?.snapshot,
    reasonText: (reason, labels) => taxReasonIn(labels, reason, seller),
    countryLabels: (buyer, labels) => countryLabels({ seller, buyer }, labels),
  })
}

/** Returns the snapshot of a final document with its number; undefined for a draft. */
export const snapshotOf = ({
  snapshot,
  number,
}: Pick<StoredDocument, 'snapshot' | 'number'>): DocumentSnapshot | undefined =>
  snapshot && number ? { ...snapshot, number } : undefined
