/** Describes what a send carries besides its document. */
export interface SendContent {
  /** BCP 47, of the mail. */
  language: string
  /** For this send only; null = the translation's. */
  subject: string | null
  body: string | null
  attachPdf: boolean
  /** Ids of the document's files that the mail attaches; absent = all of them. */
  attachments?: string[] | undefined
  /** Epoch ms; null = with the next batch. */
  scheduledFor: number | null
}
