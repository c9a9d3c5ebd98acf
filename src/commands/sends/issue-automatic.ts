import { documentIsNotSent, findDocument, type StoredDocument } from '../../db/documents'
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
  /** Said beforehand, so that whoever comes twice makes one. */
  documentId: string
  contactId: string | null
  content: DocumentContent
  /** Adds the draft, unless it is there. */
  create(): Promise<Result<unknown>>
  /** Why it must stay a draft. */
  keptBack?: string
  /** Whether this content may take the place of what an earlier event left in a draft that nobody has changed. */
  replaces: boolean
}

/** Refused with the reason why it is no final document, and what must change before it can be one, field by field. */
export type AutomaticallyIssued = { ok: true; value: null } | (Refused & { problems?: Shortcoming[] })

/**
 * Makes a document that nobody wrote: a draft, finalised unless something only the merchant knows is missing, and sent if the account
 * wants that. Run again it goes on where it stopped; a draft that a person has changed is theirs.
 * @returns refused with the reason for which it is still a draft
 */
export async function issueAutomatic(deps: Deps, document: AutomaticDocument): Promise<AutomaticallyIssued> {
  const { accountId, documentId, content, keptBack } = document
  const problems = contentProblems(content)
  // What a form would not take is not even kept as a draft: no page could show it for mending.
  if (problems.length > 0) return { ...refuse('content_invalid'), problems }
  const created = await document.create()
  if (!created.ok) return created
  const current = await findDocument(deps.db, accountId, documentId)
  if (!current) return refuse('deleted')
  if (current.status === 'final') return ok(null)
  const isFound = document.replaces && current.contactId === null && document.contactId !== null
  const same = !isFound && JSON.stringify(current.content) === JSON.stringify(content)
  const version = same ? current.version : await replace(deps, document, current)
  // Somebody's by now, or another event's that said more.
  if (version === undefined) return ok(null)
  return keptBack ? refuse(keptBack) : issue(deps, { accountId, documentId, version })
}

/**
 * Finalises, and with the same transaction either sends or says why not. So a final document needs nothing more, and what was issued
 * while the account did not send by itself stays unsent, however often its events come.
 */
async function issue(
  deps: Deps,
  draft: { accountId: string; documentId: string; version: number },
): Promise<AutomaticallyIssued> {
  const { accountId, documentId } = draft
  const sent = await sendAutomatically(deps, draft)
  if (sent?.ok) return ok(null)
  const notSent =
    sent && !isOfDraft(sent.reason) ? [documentIsNotSent(deps.db, accountId, documentId, sent.reason)] : []
  const finalised = await finaliseDocument(deps, { ...draft, actor: '' }, notSent)
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
