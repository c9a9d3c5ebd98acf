import { findDocument, type StoredDocument, setNotSentReason } from '../../db/documents'
import type { DocumentContent } from '../../domain/document'
import { contentProblems } from '../../domain/document-content'
import { ok, type Refused, type Result, refuse } from '../../domain/result'
import type { Shortcoming } from '../../domain/stripe/shortcoming'
import type { Deps } from '../deps'
import { finaliseDocument } from '../documents/finalise-document'
import { FINALISE_REFUSALS, type FinaliseRefusal } from '../documents/prepare-finalise'
import { saveDraft } from '../documents/save-draft'
import { sendAutomatically } from './send-automatically'

export interface AutomaticDocument {
  accountId: string
  /** Chosen by the caller, so that a repeated call makes no second document. */
  documentId: string
  contactId: string | null
  content: DocumentContent
  /** Adds the draft, unless it exists. */
  create(): Promise<Result<unknown>>
  /** Set if it must stay a draft: the reason. */
  draftReason?: string
  /** True if this content may replace that of an earlier event, in a draft that no person has edited. */
  replaces: boolean
  /** Who issues it; '' for the system. */
  actor?: string
}

/** Refused with the reason why it is not final, and with all that must change, by field. */
export type AutomaticallyIssued = { ok: true; value: null } | (Refused & { problems?: Shortcoming[] })

/**
 * Creates an automatic document: a draft, finalised unless it is incomplete, and sent if the account has automatic
 * sending on. A repeated run continues where the last one stopped. A draft that a person has edited is left alone.
 * @returns refused with the reason why it is still a draft
 */
export async function issueAutomatic(deps: Deps, document: AutomaticDocument): Promise<AutomaticallyIssued> {
  const { accountId, documentId, content, draftReason } = document
  const problems = contentProblems(content)
  // Content that the form would refuse is not saved as a draft: no page could show it for correction.
  if (problems.length > 0) return { ...refuse('content_invalid'), problems }
  const created = await document.create()
  if (!created.ok) return created
  const current = await findDocument(deps.db, accountId, documentId)
  if (!current) return refuse('deleted')
  if (current.status === 'final') return ok(null)
  const gainsContact = document.replaces && current.contactId === null && document.contactId !== null
  const same = !gainsContact && JSON.stringify(current.content) === JSON.stringify(content)
  const version = same ? current.version : await replace(deps, document, current)
  // A person has edited it, or another event has replaced its content.
  if (version === undefined) return ok(null)
  return draftReason
    ? refuse(draftReason)
    : issue(deps, { accountId, documentId, version, actor: document.actor ?? '' })
}

/**
 * Finalises the draft and, in the same transaction, sends it or records why not. So a repeated event never sends a document that was
 * issued while automatic sending was off.
 */
async function issue(
  deps: Deps,
  draft: { accountId: string; documentId: string; version: number; actor: string },
): Promise<AutomaticallyIssued> {
  const { accountId, documentId } = draft
  const sent = await sendAutomatically(deps, draft)
  if (sent?.ok) return ok(null)
  const notSent = sent && !isOfDraft(sent.reason) ? [setNotSentReason(deps.db, accountId, documentId, sent.reason)] : []
  const finalised = await finaliseDocument(deps, draft, notSent)
  if (finalised.ok || finalised.reason === 'already_final') return ok(null)
  return { ...refuse(finalised.reason), problems: shortcomingsOf(finalised) }
}

function shortcomingsOf(refusal: FinaliseRefusal): Shortcoming[] {
  if (refusal.reason === 'incomplete') return refusal.missing.map((missing) => ({ missing }))
  const { reason, details } = refusal
  return reason === 'issue_date_too_early' ? [{ field: 'issueDate', reason, details: details ?? {} }] : []
}

const isOfDraft = (reason: string): boolean => (FINALISE_REFUSALS as readonly string[]).includes(reason)

async function replace(
  deps: Deps,
  document: AutomaticDocument,
  { version, editedBy }: StoredDocument,
): Promise<number | undefined> {
  if (!document.replaces || editedBy !== null) return undefined
  const saved = await saveDraft(deps, { ...document, version, actor: null })
  return saved.ok ? saved.version : undefined
}
