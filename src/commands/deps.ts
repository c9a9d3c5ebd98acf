/**
 * Declares what commands receive: everything that reaches outside, and the clock. `wire.ts` builds it; tests replace
 * parts of it.
 */
import type { Db } from '../db/client'
import type { DeliverMessage, EventMessage, StripeMessage } from '../domain/messages'
import type { MailRoute } from '../domain/provider-connection'
import type { Config } from '../env'
import type { DnsResolver } from '../mail/dns'
import type { Mailer } from '../mail/mailer'
import type { StripeGateway } from '../payments/stripe'
import type { SecretBox } from './secret-box'

export interface Deps {
  config: Config
  db: Db
  bucket: R2Bucket
  deliverQueue: Queue<DeliverMessage>
  /** Queue of the mails that somebody waits for; bulk sends do not delay it. */
  expressQueue: Queue<DeliverMessage>
  eventQueue: Queue<EventMessage | StripeMessage>
  /** Returns a mailer for a provider connection, for one invocation. */
  mailer(route: MailRoute): Mailer
  /** Looks up the DNS records of sender domains. */
  dns: DnsResolver
  stripe: StripeGateway
  /** Encrypts merchants' secrets for the database. */
  secrets: SecretBox
  log(entry: LogEntry): void
  /** Returns the time in epoch ms. */
  now(): number
  /** Resolves after this many milliseconds. */
  wait(ms: number): Promise<void>
  /** Returns a new sortable id: `doc_01J…`. */
  newId(prefix: IdPrefix): string
  /** Returns 128 random bits, base64url. */
  newToken(): string
  /** Returns 0 ≤ x < 1, for jitter. */
  random(): number
}

export type IdPrefix =
  | 'doc'
  | 'doc_test'
  | 'con'
  | 'con_test'
  | 'snd'
  | 'dlv'
  | 'his'
  | 'lin'
  | 'tax'
  | 'ntc'
  | 'aud'
  | 'inv'
  | 'imp'
  | 'att'
  | 'blk'
  | 'mcn'
  | 'key'
  | 'req'
  | 'whe'

/** One JSON line without addresses, subjects, secrets or URLs. */
export type LogEntry = { event: string } & Record<string, string | number | boolean | null>
