/** What Facteur itself mails, and of what: plain data, before any words. */
import type { NoticedProblem } from '../domain/problem-notice'

export type Notice =
  /** To a person who wants to sign in; the link works once, for 15 minutes. */
  | { kind: 'sign_in'; link: string }
  /** To a company's reply address, which must say that it belongs to the company. */
  | { kind: 'reply_confirmation'; link: string; company: string; email: string }
  /** To somebody whom a member invites into their account; the link works once, for a week. */
  | { kind: 'invitation'; link: string; company: string; person: string }
  | ProblemNotice
  | ProblemDigest
  | OutageNotice
  | OutageOver

/** To a member, when a mail to a customer did not arrive. */
export interface ProblemNotice {
  kind: 'problem_notice'
  problem: NoticedProblem
  company: string
  /** The member may do something about it. */
  mayFix: boolean
  appUrl: string
}

/** The same of several. */
export interface ProblemDigest {
  kind: 'problem_digest'
  /** Oldest first, `SHOWN_PROBLEMS` at most. */
  problems: NoticedProblem[]
  /** Of all there are. */
  count: number
  company: string
  appUrl: string
}

/** To an owner, when mails to customers wait because the provider is down or refuses us. */
export interface OutageNotice {
  kind: 'outage'
  company: string
  /** When the first of them should have left, epoch ms. */
  since: number
  timeZone: string
  /** A code that `reason.<code>` says in words, or ''. */
  reason: string
  appUrl: string
}

/** To an owner, when all of them have left. */
export interface OutageOver extends Omit<OutageNotice, 'kind' | 'reason'> {
  kind: 'outage_over'
  /** How many mails left late. */
  count: number
}

/** A mail lists no more than so many; the page lists all. */
export const SHOWN_PROBLEMS = 10
