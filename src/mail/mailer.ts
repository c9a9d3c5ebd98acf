import type { SendOutcome } from '../domain/attempt'

export type { SendOutcome }

/**
 * The port every provider stands behind. A provider answers with one of five outcomes (providers.md, 2) and never throws
 * for what a server or network did: the outcome decides what the row becomes, so it must be as true as the provider can tell.
 */
export interface Mailer {
  send(mail: OutgoingMail): Promise<SendOutcome>
  /** Hands on what the provider reported while sending (the simulator’s events). Called every few mails, after their outcomes are written. */
  flush?(): Promise<void>
  /** Lets go of connections. Never waits for the network. */
  close(): void
}

export interface OutgoingMail {
  /** Idempotency key at the provider, the same for all attempts. */
  deliveryId: string
  /** Counts from 1. */
  attempt: number
  /** Envelope sender and the one recipient. */
  from: string
  to: string
  /** The whole message, RFC 5322, CRLF; the same bytes at every attempt. */
  mime: Uint8Array
}
