import { pdfFileName } from '../../domain/document-file-name'
import { drawDocument } from '../../pdf/draw-document'
import type { Deps } from '../deps'
import { readLogoObject } from '../logo-files'
import { documentPdf } from './document-pdf'
import { loadPaper } from './load-snapshot'

export interface LoadedPdf {
  bytes: Uint8Array
  /** Safe in a header. */
  fileName: string
}

/** The PDF of a document: of a final one always the same bytes, of a draft drawn anew and marked as such. Undefined where there is none. */
export async function loadPdf(deps: Deps, accountId: string, documentId: string): Promise<LoadedPdf | undefined> {
  const loaded = await loadPaper(deps, accountId, documentId)
  if (!loaded) return undefined
  const { paper, document } = loaded
  const { number, pdfSha256 } = document
  const issued =
    number && document.paper ? { accountId, id: documentId, number, paper: document.paper, pdfSha256 } : undefined
  const { bytes } = issued
    ? await documentPdf(deps, issued)
    : await drawDocument(paper, await readLogoObject(deps, accountId, paper.logo))
  return { bytes, fileName: pdfFileName(paper) }
}
