import type { DocumentSnapshot } from './document'
import type { NumberFormat } from './number-pattern'

/** Everything that is written when a draft becomes final. */
export interface Finalisation {
  accountId: string
  documentId: string
  /** The version that the person saw. */
  version: number
  seriesName: string
  format: NumberFormat
  snapshot: Omit<DocumentSnapshot, 'number'>
  contactKey: string
  /** Epoch ms; null = not paid when it is issued. */
  paidAt: number | null
  /** Of a credit note: the id of the document that it credits. */
  credits: string | null
  /** R2 keys of the files that the snapshot shows: from now on they are kept. */
  files: string[]
  at: number
  by: string
}
