/** Decides what an attempt's outcome changes in a delivery. */
import { DELIVERY_RANK, type DeliveryStatus } from './delivery'
import { nextAttemptAt } from './retry'
import { PAUSE_MS } from './timing'

/** The five outcomes of an attempt, which a mailer returns (`mail/mailer.ts`). */
export type SendOutcome = ProviderAnswer & { rate?: Rate }

/** What the provider's headers say of its limit. */
export interface Rate {
  /** Calls that are left. */
  remaining: number
  /** After so long they are all there again. */
  resetMs: number
}

type ProviderAnswer =
  | { type: 'accepted'; providerMessageId: string; text: string }
  /** Not accepted, may work later. The reason is `refused_for_now` where none is given. */
  | { type: 'retry'; afterMs?: number; reason?: string; text: string }
  /** The connection does not work (network, configuration, quota): it is paused, and no attempt of the mail is counted. */
  | { type: 'pause'; reason: string; text: string; afterMs?: number }
  /** This message or this recipient is refused permanently; `suppress` only if the address itself does not exist. */
  | {
      type: 'permanent'
      status: 'bounced' | 'soft_bounced' | 'dropped' | 'failed'
      suppress: boolean
      reason: string
      text: string
    }
  /** May have been accepted: repeated only where the provider recognises the repeat. */
  | { type: 'unknown'; text: string }

export interface Attempt {
  id: string
  /** Counts from 1. */
  attempt: number
  /** Time of the first attempt, epoch ms; null = this is the first. */
  firstAt: number | null
  outcome: SendOutcome
  /** The provider may have taken the mail at an attempt before. */
  doubtful?: boolean
  /** Epoch ms until when the provider takes a repeat for the same mail; absent where it does not. */
  repeatableUntil?: number | undefined
}

/** Columns to write to the delivery's row. */
export interface AttemptResult {
  id: string
  attempt: number
  status: DeliveryStatus
  rank: number
  /** Epoch ms of the next attempt, for 'queued'. */
  dueAt: number | null
  sentAt: number | null
  /** When the attempt ended, unless the mail was sent or the connection paused. */
  endedAt: number | null
  providerMessageId: string | null
  reason: string | null
  serverText: string | null
  /** False if the connection failed and not the mail: the attempt is not counted. */
  counts: boolean
}

/**
 * Returns the columns that an attempt's outcome sets.
 * @param random 0 ≤ x < 1, the jitter of the next attempt
 */
export function decideAttempt(
  { id, attempt, firstAt, outcome, doubtful = false, repeatableUntil = 0 }: Attempt,
  now: number,
  random: number,
): AttemptResult {
  const result = (status: DeliveryStatus, rest: Partial<AttemptResult>): AttemptResult => ({
    id,
    attempt,
    status,
    rank: DELIVERY_RANK[status],
    dueAt: null,
    sentAt: null,
    endedAt: null,
    providerMessageId: null,
    reason: null,
    serverText: outcome.text || null,
    counts: true,
    ...rest,
  })
  /** A first attempt that only paused the connection was not counted, so the waits have not begun. */
  const next = (askedMs?: number): number | undefined =>
    nextAttemptAt({ attempt, firstAt: attempt === 1 ? now : (firstAt ?? now), askedMs }, now, random)
  const retry = (reason: string, askedMs?: number): AttemptResult => {
    const dueAt = next(askedMs)
    return dueAt === undefined
      ? result('soft_bounced', { endedAt: now, reason: 'retries_exhausted' })
      : result('queued', { dueAt, endedAt: now, reason })
  }
  /** Repeats at once, later at the pace of other attempts, and in time for the provider to recognise it. */
  const repeat = (askedMs?: number): AttemptResult => {
    const again = attempt === 1 ? now + (askedMs ?? 0) : next(askedMs)
    return again !== undefined && again < repeatableUntil
      ? result('queued', { dueAt: again, endedAt: now, reason: 'no_answer' })
      : result('unknown', { endedAt: now, reason: 'no_answer' })
  }
  switch (outcome.type) {
    case 'accepted':
      return result('sent', { sentAt: now, providerMessageId: outcome.providerMessageId })
    case 'retry':
      return doubtful ? repeat(outcome.afterMs) : retry(outcome.reason ?? 'refused_for_now', outcome.afterMs)
    case 'pause':
      return result('queued', {
        dueAt: now + (outcome.afterMs ?? PAUSE_MS),
        reason: doubtful ? 'no_answer' : outcome.reason,
        counts: false,
      })
    case 'permanent':
      return result(outcome.status, { endedAt: now, reason: outcome.reason })
    case 'unknown':
      return repeat()
  }
}
