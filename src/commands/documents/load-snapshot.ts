import { findAccount } from '../../db/accounts'
import { findLivingContact } from '../../db/contacts'
import { findDocument, type StoredDocument } from '../../db/documents'
import { listLabels } from '../../db/labels'
import { dateIn } from '../../domain/calendar'
import type { AccountSettings, Company } from '../../domain/company'
import type { DocumentSnapshot } from '../../domain/document'
import { makeSnapshot, type SnapshotParts } from '../../domain/document-snapshot'
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
  const { company: seller, settings } = account
  const today = dateIn(deps.now(), settings.timeZone)
  const frozen = snapshotOf(document)
  if (frozen) return { document, snapshot: frozen, settings, today }
  const original = document.refersTo ? await findDocument(deps.db, accountId, document.refersTo) : undefined
  const { kind, test } = document
  // A credit note has the customer and currency of the credited document, whatever a form said.
  const { contactId } = original ?? document
  const content = original ? { ...document.content, currency: original.currency } : document.content
  const [contact, storedLabels] = await Promise.all([
    contactId ? findLivingContact(deps.db, accountId, contactId) : undefined,
    listLabels(deps.db, accountId),
  ])
  const parts = {
    ...taxReasonTextOf(seller),
    kind,
    test,
    seller,
    settings,
    logo: account.logo,
    contact,
    content,
    storedLabels,
    today,
  }
  const draft = makeSnapshot({ ...parts, original: original && snapshotOf(original) })
  return { document, snapshot: { ...draft, number: '' }, settings, today, ...(original && { original }) }
}

/**
 * Returns the texts that follow the law of the seller's country: why there is no tax, and the labels of its
 * registration numbers.
 */
export const taxReasonTextOf = (seller: Company): Pick<SnapshotParts, 'reasonText' | 'countryLabels'> => ({
  reasonText: (reason, labels) => taxReasonIn(labels, reason, seller),
  countryLabels: (buyer, labels) => countryLabels({ seller, buyer }, labels),
})

/** Returns the snapshot of a final document with its number; undefined for a draft. */
export const snapshotOf = ({
  snapshot,
  number,
}: Pick<StoredDocument, 'snapshot' | 'number'>): DocumentSnapshot | undefined =>
  snapshot && number ? { ...snapshot, number } : undefined
