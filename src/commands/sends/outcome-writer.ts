import { ifAny, runBatch } from '../../db/client'
import { pauseConnection, recoverConnection, writeAttemptResults } from '../../db/deliveries'
import { type DeliveryEnd, endDeliveries } from '../../db/end-deliveries'
import type { HistoryType } from '../../db/history'
import type { LoadedDelivery } from '../../db/loaded-delivery'
import { settleArrived } from '../../db/problems'
import { insertProviderMessages } from '../../db/provider-messages'
import { type Attempt, type AttemptResult, decideAttempt, type SendOutcome } from '../../domain/attempt'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import type { PauseOutcome } from './connection-breaker'
import { namesOnlyItsOwnIds } from './deployment-mail-routes'
import { Grouped } from './grouped'
import { restSending } from './rest-sending'

/** The outcome of one attempt, and its time. */
export interface AttemptOutcome {
  delivery: LoadedDelivery
  attempt: Attempt
  /** Epoch ms. */
  at: number
  /** End of the claim's lease, after which the sweep may have marked the delivery `unknown`. */
  leaseUntil: number
  /** The mail has the link instead of its files, which were too large for the provider. */
  linkOnly?: boolean
  /** Pauses the whole connection. */
  pause?: { until: number; outcome: PauseOutcome }
  /** The connection works again. */
  recovers?: boolean
}

/** Waits between the tries of a write that failed. */
const AGAIN_AFTER_MS = [200, 1_000]

/** Writes outcomes in groups while other mails are being sent. A write that fails is retried, finally one outcome at a time. */
export class OutcomeWriter {
  readonly #deps: Deps
  readonly #groups: Grouped<AttemptOutcome, void>
  #unwritten: AttemptOutcome[] = []
  #queries = 0

  /** @param written is called after each group, with its size and the number of queries that it took */
  constructor(deps: Deps, written: (outcomes: number, queries: number) => Promise<void>) {
    this.#deps = deps
    this.#groups = new Grouped(async (outcomes) => {
      this.#queries = 0
      await this.#writeWithRetries(outcomes)
      await written(outcomes.length, this.#queries)
      return outcomes.map(() => undefined)
    })
  }

  /** Settles when the outcome is written, or kept for `finish`. */
  add(outcome: AttemptOutcome): Promise<void> {
    return this.#groups.add(outcome)
  }

  /** Retries outcomes that could not be written. If that fails, their deliveries become `unknown` when their leases end. */
  async finish(): Promise<void> {
    await this.#groups.idle()
    const last = this.#unwritten.splice(0)
    if (last.length > 0) await this.#writeWithRetries(last)
    if (this.#unwritten.length > 0) this.#deps.log({ event: 'outcomes_lost', count: this.#unwritten.length })
  }

  async #writeWithRetries(outcomes: AttemptOutcome[]): Promise<void> {
    for (const waitMs of [...AGAIN_AFTER_MS, undefined]) {
      if (await this.#write(outcomes)) return
      if (waitMs !== undefined) await this.#deps.wait(waitMs)
    }
    if (outcomes.length === 1) this.#unwritten.push(...outcomes)
    else for (const outcome of outcomes) if (!(await this.#write([outcome]))) this.#unwritten.push(outcome)
  }

  async #write(outcomes: AttemptOutcome[]): Promise<boolean> {
    const statements = this.#statements(outcomes)
    this.#queries += statements.length
    try {
      await runBatch(this.#deps.db, statements)
    } catch (error) {
      this.#deps.log({ ...errorEntry(error), event: 'outcomes_not_written', count: outcomes.length })
      return false
    }
    await restSending(this.#deps, bouncedAccounts(outcomes))
    return true
  }

  /** Returns the statements for deliveries, History of failures, suppressions, problems, document states and pauses. */
  #statements(outcomes: AttemptOutcome[]) {
    const { config, db, random, now } = this.#deps
    const written = outcomes.map((outcome) => ({
      outcome,
      result: decideAttempt(outcome.attempt, outcome.at, random()),
    }))
    const moves = [
      writeAttemptResults(written.map(({ result }) => result)),
      ...outcomes.flatMap(({ delivery: { connection }, pause, recovers, at }) => [
        ...(pause ? [pauseConnection(db, { connection, until: pause.until, ...pause.outcome }, at)] : []),
        ...(recovers ? [recoverConnection(db, connection, at)] : []),
      ]),
    ]
    // Their events can only be matched by these.
    const messages = outcomes.flatMap(({ delivery: { id: deliveryId, connection }, attempt: { outcome } }) =>
      outcome.type === 'accepted' && namesOnlyItsOwnIds(config, connection)
        ? [{ connection, messageId: outcome.providerMessageId, deliveryId }]
        : [],
    )
    const ends = written.map(({ outcome, result }) => endOf(outcome, result))
    const late = outcomes.filter(({ leaseUntil }) => now() >= leaseUntil).map(({ delivery }) => delivery.id)
    const statements = [...endDeliveries(db, ends, moves, now()), ...ifAny(messages, insertProviderMessages)]
    return late.length > 0 ? [...statements, settleArrived(late, now())] : statements
  }
}

/** Returns the accounts with a hard bounce of a live mail. */
const bouncedAccounts = (outcomes: AttemptOutcome[]): string[] =>
  outcomes
    .filter(({ delivery, attempt: { outcome } }) => isHardBounce(outcome) && !isTestDocument(delivery.documentId))
    .map(({ delivery }) => delivery.accountId)

const isHardBounce = (outcome: SendOutcome): boolean => outcome.type === 'permanent' && outcome.status === 'bounced'

/** Returns the History entry of a failure. An accepted mail is recorded in the delivery's columns only, unless its files were left out. */
function endOf({ delivery, attempt: { outcome }, at, linkOnly }: AttemptOutcome, result: AttemptResult): DeliveryEnd {
  const { status, serverText: text } = result
  const suppress =
    outcome.type === 'permanent' && outcome.suppress ? { reason: 'hard_bounce', text: outcome.text } : undefined
  const end = { delivery, status, text, suppress }
  if (status === 'sent' && linkOnly) {
    return { ...end, history: { id: `his_${delivery.id}_link_only`, at, type: 'link_only', data: {} } }
  }
  if (status === 'sent' || !result.counts) return end
  const type = status === 'queued' ? 'retry' : (status as HistoryType)
  const data = {
    reason: result.reason ?? '',
    text: text ?? '',
    attempt: result.attempt,
    ...(result.dueAt === null ? {} : { next: result.dueAt }),
  }
  return { ...end, history: { id: `his_${delivery.id}_${result.attempt}_${type}`, at, type, data } }
}
