/** Judges whether a deployment delivers, from facts that are cheap to read. Each limit is the longest delay of a working deployment. */
import { ORIGIN_PRIORITY } from './delivery'

const MINUTE_MS = 60_000

/** A mail sent by hand leaves within its tick and some seconds. Others may wait behind thousands. */
export const OVERDUE_MS = 3 * MINUTE_MS
export const OVERDUE_BULK_MS = 10 * MINUTE_MS
/** The cron runs every minute. */
const TICK_LATE_MS = 3 * MINUTE_MS
/** Migrations, variables and the cron trigger come one after the other when a deployment is made. */
const FIRST_TICK_MS = 5 * MINUTE_MS
/** How long a failed batch, or a dead letter, counts as failing. */
const CONSUMER_FAILED_MS = 5 * MINUTE_MS
export const DEAD_LETTERS_MS = 60 * MINUTE_MS

/** Reasons for which the provider refuses the deployment, not one mail. They need a person, so they are reported at once. */
const REFUSALS = [
  ...['credentials_refused', 'sender_refused', 'tls_not_offered'],
  ...['sender_not_verified', 'account_suspended', 'settings_refused'],
]

export interface LastTick {
  at: number
  /** Names of the steps that failed. */
  failed: string[]
}

export interface WaitingMail {
  /** Epoch ms at which it should have left. */
  since: number
  priority: number
}

export interface HealthFacts {
  /** When the first migration was applied, epoch ms; undefined if that is not known. */
  deployedAt: number | undefined
  /** Undefined before the first one. */
  tick: LastTick | undefined
  /** The mail that has waited longest of each account, connection and priority. */
  waiting: WaitingMail[]
  /** Why sending through the deployment's provider is paused; undefined while it is not. */
  paused: string | undefined
  /** Messages of the last hour. */
  deadLetters: number
  consumerFailedAt: number | undefined
}

/** Status of each part: `ok`, or what is wrong with it. A tick that is `not yet` due is no fault. */
export interface Health {
  status: 'ok' | 'failing'
  tick: string
  consumer: string
  deliveries: string
  provider: string
  dead_letters: number
}

export function judgeHealth(facts: HealthFacts, now: number): Health {
  // No mail has waited longer than the deployment exists: the demo writes a past of months, and storage may come from another one.
  const waiting = facts.waiting.map((mail) => ({ ...mail, since: Math.max(mail.since, facts.deployedAt ?? 0) }))
  const late = waiting.filter(({ since, priority }) => since < now - overdueAfter(priority))
  const consumerFailedAt = facts.consumerFailedAt ?? 0
  const parts = {
    tick: judgeTick(facts, now),
    consumer: consumerFailedAt > now - CONSUMER_FAILED_MS ? `failed at ${iso(consumerFailedAt)}` : 'ok',
    deliveries: late.length > 0 ? `waiting since ${iso(Math.min(...late.map(({ since }) => since)))}` : 'ok',
    provider: facts.paused === undefined ? 'ok' : `paused: ${facts.paused}`,
    dead_letters: facts.deadLetters,
  }
  const isRefused = facts.paused !== undefined && REFUSALS.includes(facts.paused)
  const isOk = [parts.tick, parts.consumer, parts.deliveries].every((part) => part === 'ok' || part === NOT_YET)
  return { status: isOk && !isRefused && facts.deadLetters === 0 ? 'ok' : 'failing', ...parts }
}

/** Status of the cron in the first minutes of a deployment. */
const NOT_YET = 'not yet'

const overdueAfter = (priority: number): number => (priority === ORIGIN_PRIORITY.manual ? OVERDUE_MS : OVERDUE_BULK_MS)

function judgeTick({ tick, deployedAt = 0 }: HealthFacts, now: number): string {
  if (!tick) return deployedAt > now - FIRST_TICK_MS ? NOT_YET : 'never'
  if (tick.at < now - TICK_LATE_MS) return `late since ${iso(tick.at)}`
  return tick.failed.length > 0 ? `failed: ${tick.failed.join(', ')}` : 'ok'
}

const iso = (at: number): string => new Date(at).toISOString()
