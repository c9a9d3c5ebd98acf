import { findAccount } from '../../db/accounts'
import { findLivingContact } from '../../db/contacts'
import { findDocument, type StoredDocument } from '../../db/documents'
import { listOwnLabels } from '../../db/labels'
import { dateIn } from '../../domain/calendar'
import type { AccountSettings, Company } from '../../domain/company'
import type { Paper } from '../../domain/document'
import { makePaper } from '../../domain/document-snapshot'
import type { Wording } from '../../domain/labels'
import type { TaxReasonId } from '../../domain/tax-reasons'
import { wordingTranslator } from '../../i18n/labels'
import { taxReasonIn } from '../../i18n/tax-reasons'
import type { Deps } from '../deps'

export interface LoadedPaper {
  document: StoredDocument
  /** Without a number while it is a draft. */
  paper: Paper
  settings: AccountSettings
  /** The account's date. */
  today: string
  /** What a draft of a credit note credits. */
  original?: StoredDocument
}

/**
 * A document and what it says: as it was frozen when it is final, as it would be if it were finalised now when it is a draft.
 * Undefined for a document that this account does not have.
 */
export async function loadPaper(deps: Deps, accountId: string, documentId: string): Promise<LoadedPaper | undefined> {
  const [document, account] = await Promise.all([
    findDocument(deps.db, accountId, documentId),
    findAccount(deps.db, accountId),
  ])
  if (!document || !account) return undefined
  const { company: seller, settings } = account
  const today = dateIn(deps.now(), settings.timeZone)
  const frozen = paperOf(document)
  if (frozen) return { document, paper: frozen, settings, today }
  const original = document.refersTo ? await findDocument(deps.db, accountId, document.refersTo) : undefined
  const { kind, test } = document
  // A credit note is for whom its document was for, in the same money, whatever a form said.
  const { contactId } = original ?? document
  const content = original ? { ...document.content, currency: original.currency } : document.content
  const [contact, labels] = await Promise.all([
    contactId ? findLivingContact(deps.db, accountId, contactId) : undefined,
    listOwnLabels(deps.db, accountId),
  ])
  const reasonText = taxWordsOf(seller)
  const parts = { reasonText, kind, test, seller, settings, logo: account.logo, contact, content, labels, today }
  const draft = makePaper({ ...parts, original: original && paperOf(original) })
  return { document, paper: { ...draft, number: '' }, settings, today, ...(original && { original }) }
}

/** Why there is no tax, in a document's language and by the law of the seller's country. */
export const taxWordsOf =
  (seller: Company) =>
  (reason: TaxReasonId, wording: Wording): string =>
    taxReasonIn(wordingTranslator(wording), reason, seller.address.country)

/** What a final document says; undefined for a draft. */
export const paperOf = ({ paper, number }: Pick<StoredDocument, 'paper' | 'number'>): Paper | undefined =>
  paper && number ? { ...paper, number } : undefined
