/** Limits the mails that Facteur itself writes for an account in a day: each kind has a budget of its own, apart from the quota of documents. */
import { type Refused, refuse } from './result'

const DAY_MS = 86_400_000

/** By kind, in a day of UTC: none of them changes with the account's time zone. What asks strangers for something is the smallest. */
export const NOTICE_BUDGETS = {
  reply_confirmation: 10,
  invitation: 20,
  fresh_link: 100,
  translation_test: 50,
  provider_test: 20,
  /** People's mails to the return path, passed on to the merchant. */
  reply: 50,
  /** No mails, but as costly: keys that are made, and looks at DNS records that somebody asks for. */
  sender_key: 20,
  sender_check: 200,
  /** To the account's own people, about mails that did not arrive. */
  problems: 200,
  /** To its owners, about the account itself. */
  account: 20,
} as const
export type NoticeBudget = keyof typeof NOTICE_BUDGETS

/** The day that a notice counts for: '2026-11-24'. */
export const noticeDay = (now: number): string => new Date(now).toISOString().slice(0, 10)

/** When the day after it begins, epoch ms. */
export const noticeDayEnds = (now: number): number => (Math.floor(now / DAY_MS) + 1) * DAY_MS

export const noticeLimitReached = (kind: NoticeBudget): Refused<'notice_limit'> =>
  refuse('notice_limit', { limit: NOTICE_BUDGETS[kind] })
