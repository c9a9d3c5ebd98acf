/** Declares the notices that Facteur mails, as plain data before any text. */
import type { Device } from '../domain/device'
import type { NoticedProblem } from '../domain/problem-notice'
import type { RestReason } from '../domain/reputation'
import type { SensitiveField } from '../domain/sensitive-changes'

export type Notice =
  /** To a person who wants to sign in; the link works once, for 15 minutes. */
  | { kind: 'sign_in'; link: string }
  /** To a company's reply address, to confirm that it belongs to the company. */
  | { kind: 'reply_confirmation'; link: string; company: string; email: string }
  /** To a person whom a member invites into their account; the link works once, for a week. */
  | { kind: 'invitation'; link: string; company: string; person: string }
  | SecurityNotice
  /** To owners and admins: the account's own From address is out of use. */
  | { kind: 'sender_lost'; link: string; company: string; address: string }
  /** To owners and admins: an endpoint gets no more events; `address` is its host. */
  | { kind: 'webhook_disabled'; link: string; company: string; address: string }
  /** To the owners of an account whose bulk and automatic mails rest. */
  | { kind: 'sending_rests'; link: string; company: string; reason: RestReason }
  | ProblemNotice
  | ProblemDigest
  | OutageNotice
  | OutageOver

interface Happened {
  /** Epoch ms. */
  at: number
  /** IANA zone of the reader. */
  timeZone: string
  /** Page that shows it and lets the reader undo it. */
  link: string
}

/** Security notices, for events that the reader may not have caused. Accounts can't customise their texts. */
export type SecurityNotice =
  /** To a person who signed in where they had not been signed in before. */
  | ({ kind: 'new_device'; device: Device } & Happened)
  /** To a person who added a passkey. */
  | ({ kind: 'new_passkey'; name: string } & Happened)
  /** To each owner, when the bank details or the reply address change. */
  | ({ kind: 'company_changed'; company: string; person: string; changes: SensitiveChange[] } & Happened)

export interface SensitiveChange {
  field: SensitiveField
  /** Value as the mail shows it; empty = none. */
  from: string
  to: string
}

/** To a member, when a mail to a customer did not arrive. */
export interface ProblemNotice {
  kind: 'problem_notice'
  problem: NoticedProblem
  company: string
  /** True if the member's role allows them to fix it. */
  mayFix: boolean
  appUrl: string
}

/** To a member, when several mails to customers did not arrive. */
export interface ProblemDigest {
  kind: 'problem_digest'
  /** Oldest first, `SHOWN_PROBLEMS` at most. */
  problems: NoticedProblem[]
  /** Number of all problems, listed or not. */
  count: number
  company: string
  appUrl: string
}

/** To an owner, when mails to customers wait because the provider is down or refuses them. */
export interface OutageNotice {
  kind: 'outage'
  company: string
  /** Time at which the first of them should have left, epoch ms. */
  since: number
  timeZone: string
  /** A code with a text at `reason.<code>`, or ''. */
  reason: string
  appUrl: string
}

/** To an owner, when all delayed mails have left. */
export interface OutageOver extends Omit<OutageNotice, 'kind' | 'reason'> {
  kind: 'outage_over'
  /** Number of mails that left late. */
  count: number
}

/** Limits the problems that a notice lists; the page lists all. */
export const SHOWN_PROBLEMS = 10
