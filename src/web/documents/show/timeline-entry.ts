import type { Key } from '../../../i18n'
import type { Tone } from '../../ui/badge'
import type { IconName } from '../../ui/icon-names'

/** One entry of a document's History. */
export interface TimelineEntry {
  id: string
  /** Epoch ms. */
  at: number
  /** Epoch ms of an event that precedes this one, since a provider's clock may be behind. */
  after?: number
  icon: IconName
  tone: Tone
  text: Key
  params: Record<string, string>
  /** Times in the sentence (epoch ms), by parameter. */
  times?: Record<string, number>
  /** Time at which the mail of this entry arrived, epoch ms. */
  deliveredAt?: number
  /** The document to which the number in the sentence is linked. */
  documentId?: string
  /** Money in the sentence, minor units. */
  money?: { amount: number; currency: string }
  details?: TimelineDetails
}

export interface TimelineDetails {
  /** A code; the locales have its text as `reason.<code>`. */
  reason?: string
  /** The server's response. */
  serverText?: string
  attempt?: number
  nextAt?: number
  /** From address of the mail; null = the platform's. */
  sender?: string | null
  /** The delivery whose exact mail can be opened. */
  mailOf?: string
  /** SHA-256 (hex) of the PDF. */
  pdfSha256?: string
}
