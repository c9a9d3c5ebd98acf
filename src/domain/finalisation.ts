import type { DocumentSnapshot } from './document'
import type { NumberFormat } from './number-pattern'

/** All that is written when a draft becomes final. */
export interface Finalisation {
  accountId: string
  documentId: string
  /** The version that the person saw. */
  version: number
  seriesName: string
  format: NumberFormat
  snapshot: Omit<DocumentSnapshot, 'number'>
  contactKey: string
  /** Epoch ms, of what is paid when it is issued. */
  paidAt: number | null
  /** Of a credit note: the id of the document it takes its total back from. */
  credits: string | null
  /** Where in R2 the files are that the paper shows: they stay from now on. */
  files: string[]
  at: number
  by: string
}
