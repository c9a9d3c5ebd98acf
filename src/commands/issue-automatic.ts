import { findDocument } from '../db/documents'
import type { DocumentContent } from '../domain/document'
import { ok, type Result, refuse } from '../domain/result'
import type { Deps } from './deps'
import { finaliseDocument } from './finalise-document'
import { saveDraft } from './save-draft'
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
  /** Whether this content may take the place of what an earlier event left in a draft that nobody has touched. */
  replaces: boolean
}

/**
 * Makes a document that nobody wrote: a draft, finalised unless something only the merchant knows is missing, and sent if the account
 * wants that. Run again it goes on where it stopped; a draft that a person has changed is theirs.
 * @returns refused with the reason for which it is still a draft
 */
export async function issueAutomatic(deps: Deps, document: AutomaticDocument): Promise<Result<null>> {
  const { accountId, documentId, content, keptBack } = document
  const created = await document.create()
  if (!created.ok) return created
  const current = await findDocument(deps.db, accountId, documentId)
  if (!current) return refuse('deleted')
  if (current.status === 'draft') {
    const same = JSON.stringify(current.content) === JSON.stringify(content)
    if (keptBack) return same ? refuse(keptBack) : ok(null)
    const version = same ? current.version : await replace(deps, document, current.version)
    if (version === undefined) return ok(null)
    const finalised = await finaliseDocument(deps, { accountId, documentId, version, actor: '' })
    if (!finalised.ok && finalised.reason !== 'already_final') return refuse(finalised.reason)
  }
  await sendAutomatically(deps, accountId, documentId)
  return ok(null)
}

async function replace(deps: Deps, document: AutomaticDocument, version: number): Promise<number | undefined> {
  if (!document.replaces || version > 1) return undefined
  const saved = await saveDraft(deps, { ...document, version })
  return saved.ok ? saved.version : undefined
}
