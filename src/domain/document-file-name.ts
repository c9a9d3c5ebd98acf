import type { DocumentSnapshot } from './document'

/** What a document's PDF is called when it is saved: its number, in characters every system takes. */
export const pdfFileName = (snapshot: Pick<DocumentSnapshot, 'number' | 'kind'>): string =>
  `${(snapshot.number || snapshot.kind).replace(/[^\w.-]+/g, '-')}.pdf`
