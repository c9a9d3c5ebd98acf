import type { Key } from '../../../i18n'
import type { Tone } from '../../ui/badge'
import type { IconName } from '../../ui/icon-names'

/** One sentence of a document's History. */
export interface TimelineEntry {
  id: string
  /** Epoch ms. */
  at: number
  /** Epoch ms of what it followed: a provider's clock may be behind ours. */
  after?: number
  icon: IconName
  tone: Tone
  text: Key
  params: Record<string, string>
  /** Moments (epoch ms) that the sentence names, by parameter. */
  times?: Record<string, number>
  /** When the mail of this entry arrived. */
  deliveredAt?: number
  /** The document that the sentence's number names. */
  documentId?: string
  /** Money that the sentence names, minor units. */
  money?: { amount: number; currency: string }
  details?: TimelineDetails
}

export interface TimelineDetails {
  /** A code that `reason.<code>` says in words. */
  reason?: string
  /** The server's own words. */
  serverText?: string
  attempt?: number
  nextAt?: number
  /** The delivery whose exact mail can be opened. */
  mailOf?: string
  /** SHA-256 (hex) of the PDF. */
  pdfSha256?: string
}
