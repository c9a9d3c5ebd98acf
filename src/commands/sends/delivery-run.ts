import type { TextsOfAccounts } from '../../db/account-texts'
import { putBackDispatched } from '../../db/deliveries'
import type { Pause } from '../../db/dispatch'
import type { LoadedDelivery } from '../../db/loaded-delivery'
import { MAX_ATTACHMENTS_MAIL_BYTES, mailBytesOf } from '../../domain/attachment'
import type { SendOutcome } from '../../domain/attempt'
import { batchesOf } from '../../domain/mail-batch'
import { PROVIDERS } from '../../domain/provider'
import { isDoubtful, repeatableUntil } from '../../domain/repeat'
import { MAILS_IN_FLIGHT, MAX_UNWRITTEN, RUN_MS } from '../../domain/timing'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { type ConnectionBreaker, pauseOf } from './connection-breaker'
import { countBeginnings } from './count-beginnings'
import { Grouped } from './grouped'
import { MailAttempts } from './mail-attempts'
import { MailClaims, type Prepared } from './mail-claims'
import { MailMaker } from './mail-maker'
import { type AttemptOutcome, OutcomeWriter } from './outcome-writer'
import type { Routes, SigningKeys } from './resolve-mail-routes'
import { RunConnections } from './run-connections'
import { WireSlots } from './wire-slots'

export interface RunInput {
  /** Custom texts of all accounts in this run. */
  texts: TextsOfAccounts
  /** By connection; each delivery's is there. */
  routes: Routes
  keys: SigningKeys
  /** Of connections that are paused, or were when they were last used. */
  states: Pause[]
}

/** Stops the run after as many failed claims in a row: without a working database, mails would be made for nothing. */
const MAX_CLAIMS_FAILED = 3

/** Limits the queries of a run, per mail: 400 mails leave 100 of the 1,000 queries per invocation for loading. Grouped writes need less. */
const QUERIES_PER_MAIL = 2.25

/**
 * Sends the mails of one invocation, a few at once. Each is claimed when it is ready to leave; where a repeat is safe, more are claimed than
 * are on the wire. Connections share the slots equally, so that a slow or silent server delays only its own mails.
 */
export class DeliveryRun {
  private readonly connections: RunConnections
  private readonly wire = new WireSlots(MAILS_IN_FLIGHT, () => this.share())
  /** Number of mails by connection that have no outcome yet. */
  private readonly left = new Map<string, number>()
  private readonly inFlight = new Set<Promise<void>>()
  private readonly unwritten = new Set<Promise<void>>()
  private readonly claims: MailClaims
  /** By connection, for providers that take several mails in one call. */
  private readonly batches = new Map<string, Grouped<Prepared, void>>()
  private readonly outcomes: OutcomeWriter
  private readonly deps: Deps
  private readonly maker: MailMaker
  private readonly attempts: MailAttempts
  private readonly endsAt: number
  private bytesInFlight = 0
  /** Number of queries that were no claims. */
  private queries = 0
  /** Number of outcomes since the last flush. */
  private unreported = 0

  constructor(deps: Deps, { texts, routes, keys, states }: RunInput) {
    this.deps = deps
    this.maker = new MailMaker(deps, texts)
    this.connections = new RunConnections(deps, routes, states)
    this.attempts = new MailAttempts(deps, this.connections, keys)
    this.endsAt = deps.now() + RUN_MS
    this.claims = new MailClaims(deps)
    this.outcomes = new OutcomeWriter(deps, async (outcomes, queries) => {
      this.queries += queries
      this.unreported += outcomes
      if (this.unreported >= MAILS_IN_FLIGHT) await this.flush()
    })
  }

  /**
   * Sends deliveries and waits for their outcomes. May be called for one group after the other.
   * @returns those that were not begun before a limit of the invocation was reached; their connections work
   */
  async deliverAll(ready: LoadedDelivery[]): Promise<LoadedDelivery[]> {
    const waiting = new Set(ready)
    const byConnection = Map.groupBy(ready, ({ connection }) => connection)
    for (const [connection, { length }] of byConnection) this.left.set(connection, length)
    for (;;) {
      const next = this.next(waiting, byConnection.size)
      if (next) {
        waiting.delete(next)
        this.start(next)
      } else if (this.inFlight.size > 0) await Promise.race(this.inFlight)
      else break
    }
    await this.outcomes.finish()
    await this.flush()
    await this.putBackPaused(ready)
    return [...waiting].filter(({ connection }) => !this.connections.breaker(connection).isOpen)
  }

  close(): void {
    this.connections.close()
  }

  /**
   * Chooses the next mail: of the connection with the fewest in flight, and not too large beside the others, since each is in memory
   * several times.
   * @param connections how many different ones the waiting mails have at most
   */
  private next(waiting: Set<LoadedDelivery>, connections: number): LoadedDelivery | undefined {
    if (this.isOver()) return undefined
    const others = [...this.connections.breakers.values()].filter(({ claimsAhead }) => !claimsAhead)
    const claimed = others.reduce((sum, { inFlight }) => sum + inFlight, 0)
    let best: LoadedDelivery | undefined
    const seen = new Set<string>()
    for (const delivery of waiting) {
      if (seen.has(delivery.connection)) continue
      const breaker = this.connections.breaker(delivery.connection)
      const fits =
        this.inFlight.size === 0 || this.bytesInFlight + mailBytesOf(delivery.attachments) <= MAX_ATTACHMENTS_MAIL_BYTES
      const isFull = breaker.inFlight >= breaker.limit || (!breaker.claimsAhead && claimed >= MAILS_IN_FLIGHT)
      const takes = !breaker.isOpen && !isFull
      if (takes && !fits) continue
      seen.add(delivery.connection)
      if (takes && (!best || breaker.inFlight < this.connections.breaker(best.connection).inFlight)) best = delivery
      if (seen.size === connections) break
    }
    return best
  }

  /** Returns true once the run must begin no more mails: too many claims failed, or its time or queries are used up. */
  private isOver(): boolean {
    const { now, config } = this.deps
    return (
      this.claims.failed >= MAX_CLAIMS_FAILED ||
      now() >= this.endsAt ||
      this.queries + this.claims.queries >= config.DELIVERIES_PER_INVOCATION * QUERIES_PER_MAIL
    )
  }

  /** Begins a mail without waiting for it. */
  private start(delivery: LoadedDelivery): void {
    const breaker = this.connections.breaker(delivery.connection)
    const bytes = mailBytesOf(delivery.attachments)
    breaker.inFlight += 1
    this.bytesInFlight += bytes
    if (delivery.timesBegun !== null) this.queries += 2
    const going = countBeginnings(this.deps, delivery, () => this.deliver(delivery))
      // An error in one mail must not stop the others. Its row is due again when its lease ends.
      .catch((error: unknown) => this.deps.log({ ...errorEntry(error), event: 'mail_not_sent', delivery: delivery.id }))
      .finally(() => {
        breaker.inFlight -= 1
        this.bytesInFlight -= bytes
        this.inFlight.delete(going)
        this.left.set(delivery.connection, (this.left.get(delivery.connection) ?? 1) - 1)
        this.wire.advance()
      })
    this.inFlight.add(going)
  }

  /** Makes, claims and sends a mail. The claim fails if another run has the row, or the address is suppressed by now. */
  private async deliver(delivery: LoadedDelivery): Promise<void> {
    const breaker = this.connections.breaker(delivery.connection)
    const mail = await this.maker.make(delivery)
    if (!mail || breaker.isOpen) return
    const prepared = { ...mail, delivery }
    if (this.connections.mailer(delivery.connection).sendBatch) await this.batch(delivery.connection).add(prepared)
    else await this.deliverAlone(prepared, breaker)
    // The next mail does not wait for the write, unless too many outcomes are unwritten.
    if (this.unwritten.size >= MAX_UNWRITTEN) await Promise.race(this.unwritten)
  }

  private async deliverAlone(prepared: Prepared, breaker: ConnectionBreaker): Promise<void> {
    const { delivery } = prepared
    const attempt = await this.claims.claimOne(prepared)
    if (attempt === undefined) return
    await this.connections.pace(delivery.connection).turn()
    const outcome = await this.wire.use(
      delivery.connection,
      // The connection may have been paused while the mail waited for its turn.
      async () => breaker.pausedBy ?? this.attempts.send({ mail: prepared, attempt }),
    )
    if (outcome.type !== 'pause' && outcome.rate) this.connections.pace(delivery.connection).learn(outcome.rate)
    this.record(prepared, attempt, outcome)
  }

  /** Sends mails of one connection in as few calls as possible. Each call's mails are claimed together, right before it. */
  private async deliverTogether(connection: string, ready: Prepared[]): Promise<void> {
    const kind = this.connections.route(connection)?.settings?.kind
    const maxMails = kind ? PROVIDERS[kind].batch : 1
    for (const mails of batchesOf(ready, maxMails, ({ mime }) => mime.length)) {
      await this.wire.use(connection, async () => {
        if (this.connections.breaker(connection).isOpen) return
        const attempts = await this.claims.claim(mails)
        const claimed = mails.flatMap((mail, index) => {
          const attempt = attempts[index]
          return attempt === undefined ? [] : [{ mail, attempt }]
        })
        const outcomes = await this.attempts.sendTogether(connection, claimed)
        for (const [index, outcome] of outcomes.entries()) {
          const one = claimed[index]
          if (one) this.record(one.mail, one.attempt, outcome)
        }
      })
    }
  }

  /** Divides the wire equally between the connections that have mails to send. */
  private share(): number {
    const active = [...this.left].filter(([connection, left]) => {
      const { isOpen, inFlight } = this.connections.breaker(connection)
      return isOpen ? inFlight > 0 : left > 0
    })
    return Math.max(1, Math.floor(MAILS_IN_FLIGHT / Math.max(1, active.length)))
  }

  /** Passes an outcome on to be written, and tells the breaker of its connection. */
  private record({ delivery, linkOnly }: Prepared, attempt: number, outcome: SendOutcome): void {
    const at = this.deps.now()
    const { id, connection, dueAt: leaseUntil, firstAttemptAt } = delivery
    const breaker = this.connections.breaker(connection)
    const base = { delivery, at, leaseUntil, linkOnly }
    const until = repeatableUntil(this.connections.route(connection)?.settings, firstAttemptAt ?? at)
    const tried = {
      id,
      attempt,
      firstAt: firstAttemptAt,
      doubtful: isDoubtful(delivery.waitReason),
      repeatableUntil: until,
    }
    const pause = pauseOf(outcome)
    if (!pause) {
      this.write({ ...base, attempt: { ...tried, outcome }, recovers: breaker.succeeded() })
      return
    }
    const failed = breaker.failed(pause, at)
    const waits = { ...pause, afterMs: failed.until - at }
    if (failed.opens) this.deps.log({ event: 'provider_paused', connection, reason: pause.reason })
    this.write({
      ...base,
      attempt: { ...tried, outcome: waits },
      ...(failed.opens && { pause: { until: failed.until, outcome: pause } }),
    })
  }

  private write(outcome: AttemptOutcome): void {
    const writing = this.outcomes.add(outcome).finally(() => this.unwritten.delete(writing))
    this.unwritten.add(writing)
  }

  /** Postpones mails that were not claimed until the pause of their connection ends. */
  private async putBackPaused(ready: LoadedDelivery[]): Promise<void> {
    for (const [connection, { pausedUntil }] of this.connections.breakers) {
      if (pausedUntil === undefined) continue
      const ids = ready.filter((delivery) => delivery.connection === connection).map(({ id }) => id)
      await putBackDispatched(this.deps.db, ids, pausedUntil)
    }
  }

  /** Emits the events that providers reported while sending. */
  private async flush(): Promise<void> {
    this.unreported = 0
    await this.connections.flush()
  }

  private batch(connection: string): Grouped<Prepared, void> {
    const batch =
      this.batches.get(connection) ??
      new Grouped<Prepared, void>(async (mails) => {
        await this.deliverTogether(connection, mails)
        return mails.map(() => undefined)
      })
    this.batches.set(connection, batch)
    return batch
  }
}
