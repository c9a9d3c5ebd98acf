import type { DocumentSnapshot } from './document'
import { safeFileName } from './file-name'

/** Returns the file name of a document's PDF: its number, in letters, digits and signs that every system accepts. */
export const pdfFileName = (snapshot: Pick<DocumentSnapshot, 'number' | 'kind'>): string =>
  safeFileName(`${(snapshot.number || snapshot.kind).replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')}.pdf`)
