import type { SendOutcome } from '../domain/attempt'
import type { DkimKey } from './dkim'

export type { SendOutcome }

/**
 * The port that every provider implements. A provider returns one of the five outcomes of `SendOutcome` and never
 * throws because of a server or the network: the outcome decides the delivery's status, so it must be as exact as the
 * provider knows.
 */
export interface Mailer {
  send(mail: OutgoingMail): Promise<SendOutcome>
  /** Sends several in one call, where the provider has one (`PROVIDERS.batch`). Returns an outcome for each, in their order. */
  sendBatch?(mails: readonly OutgoingMail[]): Promise<SendOutcome[]>
  /**
   * Passes on events that the provider reported while sending (the simulator's). Called every few mails, after their
   * outcomes are written.
   */
  flush?(): Promise<void>
  /** Closes connections without waiting for the network. */
  close(): void
}

export interface OutgoingMail {
  /** Idempotency key at the provider, the same for all attempts. */
  deliveryId: string
  /** Counts from 1. */
  attempt: number
  /** Envelope sender, and the address in From. */
  from: string
  /** Envelope sender in place of `from`, to which servers report; only SMTP can set it. */
  returnPath?: string
  /** The only recipient. */
  to: string
  /** The whole message, RFC 5322, CRLF; the same bytes at every attempt. */
  mime: Uint8Array
  /** Signs the mail as it leaves. Only SMTP uses it: providers over HTTP sign with their own keys. */
  dkim?: DkimKey | undefined
}
