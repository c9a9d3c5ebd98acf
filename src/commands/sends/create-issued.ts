import { findDocument } from '../../db/documents'
import type { DocumentContent } from '../../domain/document'
import type { Gap } from '../../domain/document-readiness'
import { ok, type Refused, type Result, refuse } from '../../domain/result'
import { deleteContact } from '../contacts/delete-contact'
import type { Deps } from '../deps'
import { deleteDraft } from '../documents/delete-draft'
import { finaliseDocument } from '../documents/finalise-document'
import { issueAutomatic } from './issue-automatic'

export interface NewIssued {
  accountId: string
  /** Chosen by the caller, so that a repeated call makes no second document. */
  documentId: string
  contactId: string | null
  /** Without blank lines. */
  content: DocumentContent
  actor: string
  /** Whether it is mailed too, if the account has automatic sending on. */
  automatic: boolean
  /** A contact made for this document alone. */
  newContactId?: string | undefined
  /** Adds the draft, unless it exists. */
  create(): Promise<Result<unknown>>
}

/** Refused with all that is missing. */
export type IssuedRefusal = Refused & { missing?: Gap[] }

/** Creates a document and finalises it at once. If that is refused, neither the draft nor its new contact stays. */
export async function createIssued(deps: Deps, input: NewIssued): Promise<{ ok: true; value: null } | IssuedRefusal> {
  const { accountId, documentId, newContactId } = input
  const created = await input.create()
  const issued = created.ok ? await issue(deps, input) : created
  if (issued.ok) return ok(null)
  if (created.ok) await deleteDraft(deps, { accountId, documentId })
  if (newContactId) await deleteContact(deps, { accountId, id: newContactId })
  return issued
}

async function issue(deps: Deps, input: NewIssued): Promise<{ ok: true; value: unknown } | IssuedRefusal> {
  const { accountId, documentId, actor } = input
  if (!input.automatic) {
    const document = await findDocument(deps.db, accountId, documentId)
    if (document?.status === 'final') return ok(null)
    return document
      ? finaliseDocument(deps, { accountId, documentId, actor, version: document.version })
      : refuse('deleted')
  }
  const issued = await issueAutomatic(deps, { ...input, create: async () => ok(null), replaces: false })
  if (issued.ok) return ok(null)
  const missing = (issued.problems ?? []).flatMap((problem) => ('missing' in problem ? [problem.missing] : []))
  const details = (issued.problems ?? []).find((problem) => 'details' in problem)?.details
  return { ...refuse(issued.reason, details), missing }
}
