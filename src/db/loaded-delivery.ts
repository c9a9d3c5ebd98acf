import type { DocumentAttachment } from '../domain/attachment'
import type { Company } from '../domain/company'
import type { DeliveryPurpose } from '../domain/delivery'
import type { DocumentSnapshot } from '../domain/document'
import type { LanguageSettings } from '../domain/languages'
import type { Logo } from '../domain/logo'

/** All that one mail needs, in one row. */
export interface LoadedDelivery {
  id: string
  accountId: string
  documentId: string
  address: string
  purpose: DeliveryPurpose
  connection: string
  /** From address, where it is not the platform's. */
  sender: string | null
  attempt: number
  /** When its lease runs out, epoch ms. */
  dueAt: number
  /** How often it was begun without a result since it was first lost; null = never lost. */
  timesBegun: number | null
  /** Why it waits again, if it was tried before. */
  waitReason: string | null
  /** Epoch ms; null = not attempted, or its contact was forgotten. */
  firstAttemptAt: number | null
  linkHash: string | null
  /** From address of the latest attempt. */
  lastSender: string | null
  /** As the send wants it, and what the account has. */
  language: string
  languages: LanguageSettings
  origin: string
  subject: string | null
  body: string | null
  attachPdf: boolean
  /** The document's files that this send takes along, as far as they are still there. */
  attachments: DocumentAttachment[]
  number: string
  pdfSha256: string | null
  /** What has become of the document since it was issued: the mail says what is still owed. */
  credited: number
  paidAt: number | null
  /** The account's, in which it was paid on a day. */
  timeZone: string
  snapshot: Omit<DocumentSnapshot, 'number'>
  /** The company as it is today: who the mail is from and where replies go. */
  company: Company
  logo: Logo | null
  /** Other customers' addresses of the same send. */
  alsoSentTo: string[]
  sendId: string
  /** The account is being closed: nothing of it leaves any more. */
  closing: boolean
  /** The account's bulk and automatic mails rest. */
  resting: boolean
  /** Set when the account must not write to the address. */
  suppressedBy: string | null
}

/** Returns true if its mail was attempted, from the same address: the stored bytes are sent again, and no texts are needed. */
export const isMade = ({ linkHash, lastSender, sender }: LoadedDelivery): boolean =>
  linkHash !== null && lastSender === sender
