import { findCurrentContact } from '../../db/contacts'
import type { DraftColumns } from '../../db/documents'
import type { DocumentContent } from '../../domain/document'
import type { Metadata } from '../../domain/metadata'
import { ok, type Result, refuse } from '../../domain/result'
import { searchKey } from '../../domain/search-key'
import { computeTotals } from '../../domain/totals'
import { withoutBlankLines } from '../../domain/typed-content'
import type { Deps } from '../deps'

export interface DraftInput {
  accountId: string
  documentId: string
  /** Null while the draft has no customer yet. */
  contactId: string | null
  /** Checked: `contentProblems` finds nothing in it. */
  content: DocumentContent
  /** Of programs; absent = as they are. */
  externalId?: string | null
  metadata?: Metadata
}

/** Returns the columns of a draft. Refuses a contact that the account does not have. */
export async function draftColumns(
  deps: Deps,
  { accountId, contactId, content, externalId, metadata }: DraftInput,
): Promise<Result<DraftColumns, 'contact_not_found'>> {
  const contact = contactId ? await findCurrentContact(deps.db, accountId, contactId) : undefined
  if (contactId && !contact) return refuse('contact_not_found')
  const kept = withoutBlankLines(content)
  return ok({
    contactId: contact?.id ?? null,
    contactName: contact?.name ?? '',
    contactKey: searchKey(contact?.name ?? ''),
    issueDate: kept.issueDate,
    dueDate: kept.dueDate,
    currency: kept.currency,
    total: computeTotals(kept).total,
    content: kept,
    ...(externalId !== undefined && { externalId }),
    ...(metadata && { metadata }),
  })
}
