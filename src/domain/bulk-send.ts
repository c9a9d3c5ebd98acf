/** Describes a bulk send: its documents, what is known of each before it is confirmed, and its progress. */
import type { DocumentFilter } from './document-filter'
import { TICK_MS } from './timing'

/** Most documents in one bulk send. */
export const MAX_BULK_DOCUMENTS = 10_000

/** Days for which a list can be confirmed: after that, too many of its documents may have changed. */
export const PREFLIGHT_DAYS = 7

/**
 * `collecting` looks through the documents, `ready` waits to be confirmed; `queueing` makes the sends, `queued` has made them all;
 * `undoing` updates the documents whose mails were cancelled, `undone` has updated them all.
 */
export const BULK_STATES = ['collecting', 'ready', 'queueing', 'queued', 'undoing', 'undone'] as const
export type BulkState = (typeof BULK_STATES)[number]

const WORKING: readonly BulkState[] = ['collecting', 'queueing', 'undoing']
/** Returns whether a bulk send has steps left to do. */
export const isWorking = (state: BulkState): boolean => WORKING.includes(state)

/** A fact about a document, as a bit. */
export const BULK_FLAGS = {
  resend: 1,
  draft: 2,
  paid: 4,
  other_language: 8,
  partly_suppressed: 16,
  no_address: 32,
  suppressed: 64,
  incomplete: 128,
} as const
export type BulkGroup = keyof typeof BULK_FLAGS

/** Groups that are sent unless the person leaves them out. */
export const OPTIONAL_GROUPS = ['resend', 'paid', 'draft', 'other_language', 'partly_suppressed'] as const
export type OptionalGroup = (typeof OPTIONAL_GROUPS)[number]
/** Groups that can't be sent. */
export const BLOCKED_GROUPS = ['no_address', 'suppressed', 'incomplete'] as const
export type BlockedGroup = (typeof BLOCKED_GROUPS)[number]

const maskOf = (groups: readonly BulkGroup[]): number => groups.reduce((mask, group) => mask | BULK_FLAGS[group], 0)
export const BLOCKED = maskOf(BLOCKED_GROUPS)

/** Returns the bits of the optional groups among these names. */
export const leftOutMask = (names: readonly string[]): number =>
  maskOf(OPTIONAL_GROUPS.filter((group) => names.includes(group)))

export const hasFlag = (flags: number, group: BulkGroup): boolean => (flags & BULK_FLAGS[group]) !== 0

/** Returns whether a document with these flags is sent when these groups are left out. */
export const goes = (flags: number, leftOut: number): boolean => (flags & (BLOCKED | leftOut)) === 0

/** Facts about a document from which its flags follow. */
export interface BulkFacts {
  status: 'draft' | 'final'
  paid: boolean
  /** It has been sent before, and that send was not cancelled. */
  sentBefore: boolean
  /** Of a draft: something is missing before it may be finalised. */
  incomplete: boolean
  /** Addresses that may be written to. */
  recipients: readonly string[]
  /** How many addresses must not be written to. */
  suppressed: number
  /** The account has no texts in the customer's language. */
  otherLanguage: boolean
}

export function bulkFlags(facts: BulkFacts): number {
  const hasRecipients = facts.recipients.length > 0
  const groups: Record<BulkGroup, boolean> = {
    resend: facts.sentBefore,
    draft: facts.status === 'draft',
    paid: facts.paid,
    other_language: facts.otherLanguage,
    partly_suppressed: hasRecipients && facts.suppressed > 0,
    no_address: !hasRecipients && facts.suppressed === 0,
    suppressed: !hasRecipients && facts.suppressed > 0,
    incomplete: facts.incomplete,
  }
  return maskOf((Object.keys(groups) as BulkGroup[]).filter((group) => groups[group]))
}

/** Documents and addresses by flags, so that any choice of groups is counted without looking at a document again. */
export type Tally = Record<string, { documents: number; addresses: number }>

export interface Count {
  documents: number
  addresses: number
}

export function addToTally(tally: Tally, items: readonly { flags: number; addresses: number }[]): Tally {
  const sum = { ...tally }
  for (const { flags, addresses } of items) {
    const count = sum[flags] ?? { documents: 0, addresses: 0 }
    sum[flags] = { documents: count.documents + 1, addresses: count.addresses + addresses }
  }
  return sum
}

const countWhere = (tally: Tally, matches: (flags: number) => boolean): Count =>
  Object.entries(tally)
    .filter(([flags]) => matches(Number(flags)))
    .reduce(
      (sum, [, { documents, addresses }]) => ({
        documents: sum.documents + documents,
        addresses: sum.addresses + addresses,
      }),
      { documents: 0, addresses: 0 },
    )

export const countAll = (tally: Tally): Count => countWhere(tally, () => true)
export const countGoing = (tally: Tally, leftOut: number): Count => countWhere(tally, (flags) => goes(flags, leftOut))
/** Counts the documents of an optional group that could be sent, or all of a blocked group. */
export const countGroup = (tally: Tally, group: BulkGroup): Count =>
  countWhere(tally, (flags) => hasFlag(flags, group) && (hasFlag(BLOCKED, group) || goes(flags, 0)))

/** Counts the documents that are left out, and first for this reason: each is counted once. */
export const countLeftOut = (tally: Tally, reason: BulkGroup, leftOut: number): number =>
  countWhere(tally, (flags) => leftOutReason({ flags, reason: null }, leftOut)?.reason === reason).documents

/** Returns a document's sort key: issued ones first, by age; then drafts by their dates, so that numbers follow dates. */
export const bulkPosition = (documentId: string, draftDate: string | undefined): string =>
  `${draftDate ?? '-'} ${documentId}`

/** Why a document is left out when its turn comes, because of what happened since the list was fixed. */
export const WITHHELD_REASONS = [
  'gone',
  'changed',
  'paid',
  'credited',
  'sent',
  'no_address',
  'suppressed',
  'incomplete',
  'number_taken',
  'quota',
] as const
export type WithheldReason = (typeof WITHHELD_REASONS)[number]

/**
 * Returns why a document of the list is not sent; undefined = it is. `chosen` is true for a group that was left out on purpose.
 * @param reason why it was withheld when its turn came
 */
export function leftOutReason(
  { flags, reason }: { flags: number; reason: WithheldReason | null },
  leftOut: number,
): { chosen: true; reason: OptionalGroup } | { chosen: false; reason: BlockedGroup | WithheldReason } | undefined {
  const blocked = BLOCKED_GROUPS.find((group) => hasFlag(flags, group))
  if (blocked) return { chosen: false, reason: blocked }
  const chosen = OPTIONAL_GROUPS.find((group) => hasFlag(flags & leftOut, group))
  if (chosen) return { chosen: true, reason: chosen }
  return reason === null ? undefined : { chosen: false, reason }
}

/** State of a document when the list was made. */
export interface Noted {
  flags: number
  version: number
  credited: number
  latestSendId: string | null
}
export type Current = BulkFacts & Omit<Noted, 'flags'>

/**
 * Returns why a document is left out because of what changed since the list was made; undefined = it is sent.
 * @param current its state now; undefined = it no longer exists
 */
export function withheldReason(noted: Noted, current: Current | undefined): WithheldReason | undefined {
  if (!current) return 'gone'
  if (hasFlag(noted.flags, 'draft') && (current.status !== 'draft' || current.version !== noted.version))
    return 'changed'
  if (current.paid && !hasFlag(noted.flags, 'paid')) return 'paid'
  if (current.credited > noted.credited) return 'credited'
  if (current.latestSendId !== noted.latestSendId) return 'sent'
  if (current.recipients.length === 0) return current.suppressed > 0 ? 'suppressed' : 'no_address'
  return current.incomplete ? 'incomplete' : undefined
}

/**
 * Where the documents come from: chosen one by one, all that a list shows, or those of an earlier bulk send that failed or were left
 * out for the quota.
 */
export type BulkSource =
  | { from: 'chosen'; ids: string[] }
  | { from: 'list'; filter: DocumentFilter; search?: { name: string; number: string } | undefined }
  | { from: 'failed' | 'quota'; bulkId: string; since: number }

/** The mails of a bulk send, counted by outcome. */
export interface BulkProgress {
  waiting: number
  sent: number
  delivered: number
  deferred: number
  unknown: number
  problem: number
  cancelled: number
}

export const mailsOf = (progress: BulkProgress): number =>
  progress.waiting +
  progress.sent +
  progress.delivered +
  progress.deferred +
  progress.unknown +
  progress.problem +
  progress.cancelled

export interface Pace {
  /** When the first mails were to leave, epoch ms. */
  dueAt: number
  /** Mails that the provider takes until the next tick. */
  perTick: number
}

/**
 * Estimates the time until the last of a bulk send's mails that are due has left, in ms: at the pace so far, and never faster than the
 * provider takes mails. Returns undefined when nothing waits, or when none has left although several ticks have passed.
 */
export function timeLeft(progress: BulkProgress, { dueAt, perTick }: Pace, now: number): number | undefined {
  const { waiting } = progress
  if (waiting <= 0) return undefined
  const done = mailsOf(progress) - progress.cancelled - waiting
  const elapsed = Math.max(0, now - dueAt)
  if (done === 0) return elapsed < STILL_MS ? Math.ceil(waiting / perTick) * TICK_MS : undefined
  return Math.ceil(Math.max((elapsed / done) * waiting, (waiting / perTick) * TICK_MS))
}

/** Time without a single mail after which nothing is known of the pace. */
const STILL_MS = 3 * TICK_MS
