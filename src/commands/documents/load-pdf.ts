import { pdfFileName } from '../../domain/document-file-name'
import { drawDocument } from '../../pdf/draw-document'
import type { Deps } from '../deps'
import { readLogoObject } from '../logo-files'
import { documentPdf } from './document-pdf'
import { loadSnapshot } from './load-snapshot'

export interface LoadedPdf {
  bytes: Uint8Array
  /** Safe in a header. */
  fileName: string
}

/**
 * Returns the PDF of a document. A final one always has the same bytes; a draft is drawn each time and marked as a
 * draft. Returns undefined for a document that the account does not have.
 */
export async function loadPdf(deps: Deps, accountId: string, documentId: string): Promise<LoadedPdf | undefined> {
  const loaded = await loadSnapshot(deps, accountId, documentId)
  if (!loaded) return undefined
  const { snapshot, document } = loaded
  const { number, pdfSha256 } = document
  const issued =
    number && document.snapshot
      ? { accountId, id: documentId, number, snapshot: document.snapshot, pdfSha256 }
      : undefined
  const { bytes } = issued
    ? await documentPdf(deps, issued)
    : await drawDocument(snapshot, await readLogoObject(deps, accountId, snapshot.logo))
  return { bytes, fileName: pdfFileName(snapshot) }
}
