import type { Paper } from './document'

/** What a document's PDF is called when it is saved: its number, in characters every system takes. */
export const pdfFileName = (paper: Pick<Paper, 'number' | 'kind'>): string =>
  `${(paper.number || paper.kind).replace(/[^\w.-]+/g, '-')}.pdf`
