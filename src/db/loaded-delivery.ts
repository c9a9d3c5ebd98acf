import type { DocumentAttachment, SizeLimits } from '../domain/attachment'
import type { Company } from '../domain/company'
import type { DeliveryPurpose } from '../domain/delivery'
import type { DocumentSnapshot } from '../domain/document'
import type { LanguageSettings } from '../domain/languages'
import type { Logo } from '../domain/logo'

/** A dispatched delivery with everything that its mail needs. */
export interface LoadedDelivery {
  id: string
  accountId: string
  documentId: string
  address: string
  purpose: DeliveryPurpose
  connection: string
  /** What its provider takes; absent = no less than we send. */
  limits?: SizeLimits | undefined
  /** From address, where it is not the platform's. */
  sender: string | null
  attempt: number
  /** When its lease runs out, epoch ms. */
  dueAt: number
  /** Beginnings without a result since the delivery was first lost; null = never lost. */
  timesBegun: number | null
  /** Why it waits again, if it was tried before. */
  waitReason: string | null
  /** Epoch ms; null = not attempted, or its contact was forgotten. */
  firstAttemptAt: number | null
  linkHash: string | null
  /** From address of the latest attempt. */
  lastSender: string | null
  /** Language of the send. */
  language: string
  /** The account's languages. */
  languages: LanguageSettings
  origin: string
  subject: string | null
  body: string | null
  attachPdf: boolean
  /** The files of the document that this send includes and that still exist. */
  attachments: DocumentAttachment[]
  number: string
  pdfSha256: string | null
  /** Minor units credited since the document was issued; with `paidAt`, for the amount due in the mail. */
  credited: number
  paidAt: number | null
  /** The account's time zone, for the day of `paidAt`. */
  timeZone: string
  snapshot: Omit<DocumentSnapshot, 'number'>
  /** The account's current company, for sender and reply address. */
  company: Company
  logo: Logo | null
  /** Addresses of the send's other mails to customers. */
  alsoSentTo: string[]
  sendId: string
  /** The account is being closed, so its mails are cancelled. */
  closing: boolean
  /** The account's bulk and automatic mails are paused. */
  resting: boolean
  /** Reason of the address's suppression, null if the account can write to it. */
  suppressedBy: string | null
}

/** Returns true if its mail was attempted, from the same address: the stored bytes are sent again, and no texts are needed. */
export const isMade = ({ linkHash, lastSender, sender }: LoadedDelivery): boolean =>
  linkHash !== null && lastSender === sender
