import type { TextsOfAccounts } from '../../db/account-texts'
import { claimForSending, putBackDispatched } from '../../db/deliveries'
import type { Pause } from '../../db/dispatch'
import type { LoadedDelivery } from '../../db/loaded-delivery'
import { MAX_ATTACHMENTS_MAIL_BYTES, mailBytesOf } from '../../domain/attachment'
import type { SendOutcome } from '../../domain/attempt'
import { CLAIM_MARGIN_MS, LEASE_MS, MAILS_IN_FLIGHT, MAX_UNWRITTEN, RUN_MS } from '../../domain/timing'
import { senderAddress } from '../../mail/compose'
import type { Mailer } from '../../mail/mailer'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import type { PreparedMail } from '../stored-mail'
import { ConnectionBreaker } from './connection-breaker'
import { countBeginnings } from './count-beginnings'
import { Grouped } from './grouped'
import { MailMaker } from './mail-maker'
import { type AttemptOutcome, OutcomeWriter } from './outcome-writer'
import { keyFor, type Routes, type SigningKeys } from './resolve-routes'
import { returnPath } from './return-path'

interface Prepared extends PreparedMail {
  delivery: LoadedDelivery
}

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
 * Sends the mails of one invocation, a few at once. Each is claimed when it is ready to leave. Connections share the slots equally, so
 * that a slow or silent server delays only its own mails.
 */
export class DeliveryRun {
  private readonly mailers = new Map<string, Mailer>()
  private readonly breakers = new Map<string, ConnectionBreaker>()
  private readonly inFlight = new Set<Promise<void>>()
  private readonly unwritten = new Set<Promise<void>>()
  private readonly claims: Grouped<Prepared, number | undefined>
  private readonly outcomes: OutcomeWriter
  private readonly deps: Deps
  private readonly maker: MailMaker
  private readonly routes: Routes
  private readonly keys: SigningKeys
  private readonly states: Pause[]
  private readonly endsAt: number
  private bytesInFlight = 0
  private queries = 0
  /** Number of outcomes since the last flush. */
  private unreported = 0
  /** Number of claims that failed in a row. */
  private claimsFailed = 0

  constructor(deps: Deps, { texts, routes, keys, states }: RunInput) {
    this.deps = deps
    this.maker = new MailMaker(deps, texts)
    this.routes = routes
    this.keys = keys
    this.states = states
    this.endsAt = deps.now() + RUN_MS
    this.claims = new Grouped((mails) => this.claim(mails))
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
    for (;;) {
      const next = this.next(waiting)
      if (next) {
        waiting.delete(next)
        this.start(next)
      } else if (this.inFlight.size > 0) await Promise.race(this.inFlight)
      else break
    }
    await this.outcomes.finish()
    await this.flush()
    await this.putBackPaused(ready)
    return [...waiting].filter(({ connection }) => !this.breaker(connection).isOpen)
  }

  close(): void {
    for (const mailer of this.mailers.values()) mailer.close()
  }

  /**
   * Chooses the next mail: of the connection with the fewest in flight, and not too large beside the others, since each is in memory
   * several times.
   */
  private next(waiting: Set<LoadedDelivery>): LoadedDelivery | undefined {
    if (this.isOver() || this.inFlight.size >= MAILS_IN_FLIGHT) return undefined
    let best: LoadedDelivery | undefined
    for (const delivery of waiting) {
      const breaker = this.breaker(delivery.connection)
      const fits =
        this.inFlight.size === 0 || this.bytesInFlight + mailBytesOf(delivery.attachments) <= MAX_ATTACHMENTS_MAIL_BYTES
      if (breaker.isOpen || breaker.inFlight >= breaker.limit || !fits) continue
      if (!best || breaker.inFlight < this.breaker(best.connection).inFlight) best = delivery
      if (breaker.inFlight === 0) break
    }
    return best
  }

  /** Returns true once the run must begin no more mails: too many claims failed, or its time or queries are used up. */
  private isOver(): boolean {
    const { now, config } = this.deps
    return (
      this.claimsFailed >= MAX_CLAIMS_FAILED ||
      now() >= this.endsAt ||
      this.queries + this.maker.queries >= config.DELIVERIES_PER_INVOCATION * QUERIES_PER_MAIL
    )
  }

  /** Begins a mail without waiting for it. */
  private start(delivery: LoadedDelivery): void {
    const breaker = this.breaker(delivery.connection)
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
      })
    this.inFlight.add(going)
  }

  /** Makes, claims and sends a mail. The claim fails if another run has the row, or the address is suppressed by now. */
  private async deliver(delivery: LoadedDelivery): Promise<void> {
    const breaker = this.breaker(delivery.connection)
    const mail = await this.maker.make(delivery)
    if (!mail || breaker.isOpen) return
    const prepared = { ...mail, delivery }
    const attempt = await this.claims.add(prepared)
    if (attempt === undefined) return
    const outcome = await this.attempt(prepared, attempt)
    this.record(delivery, attempt, outcome)
    // The next mail does not wait for the write, unless too many outcomes are unwritten.
    if (this.unwritten.size >= MAX_UNWRITTEN) await Promise.race(this.unwritten)
  }

  /**
   * Claims mails that are ready to leave and returns the number of each attempt, undefined where the claim failed. Renews a lease that
   * would end during the call.
   */
  private async claim(mails: Prepared[]): Promise<(number | undefined)[]> {
    const { db, now } = this.deps
    const at = now()
    const isShort = ({ delivery }: Prepared) => delivery.dueAt < at + CLAIM_MARGIN_MS
    const claimed = new Map<string, number>()
    for (const [short, group] of Map.groupBy(mails, isShort)) {
      const claims = group.map(({ delivery, linkHash }) => ({ id: delivery.id, linkHash, sender: delivery.sender }))
      const lease = short ? { until: at + LEASE_MS } : { atLeast: at + CLAIM_MARGIN_MS }
      this.queries += 1
      this.claimsFailed += 1
      for (const { id, attempt } of await claimForSending(db, claims, at, lease)) claimed.set(id, attempt)
      this.claimsFailed = 0
      if (lease.until !== undefined) for (const { delivery } of group) delivery.dueAt = lease.until
    }
    return mails.map(({ delivery }) => claimed.get(delivery.id))
  }

  private async attempt({ delivery, mime }: Prepared, attempt: number): Promise<SendOutcome> {
    // An account's own connection knows its address. Over the deployment's, bounces come back to the deployment.
    const from = this.routes.get(delivery.connection)?.sender ?? senderAddress(this.deps.config.MAIL_DOMAIN)
    try {
      const reports = returnPath(this.deps.config, delivery.id)
      const mail = {
        deliveryId: delivery.id,
        attempt,
        from,
        to: delivery.address,
        mime,
        dkim: keyFor(this.keys, delivery),
        ...(reports && { returnPath: reports }),
      }
      return await this.mailer(delivery.connection).send(mail)
    } catch (error) {
      // Mailers return outcomes. An unexpected exception must not stop other mails.
      return { type: 'unknown', text: String(error).slice(0, 500) }
    }
  }

  /** Passes an outcome on to be written, and tells the breaker of its connection. */
  private record(delivery: LoadedDelivery, attempt: number, outcome: SendOutcome): void {
    const at = this.deps.now()
    const { id, connection, dueAt: leaseUntil } = delivery
    const breaker = this.breaker(connection)
    const base = { delivery, at, leaseUntil }
    if (outcome.type !== 'pause') {
      this.write({ ...base, attempt: { id, attempt, outcome }, recovers: breaker.succeeded() })
      return
    }
    const { until, opens } = breaker.failed(outcome, at)
    const waits = { ...outcome, afterMs: until - at }
    if (opens) this.deps.log({ event: 'provider_paused', connection, reason: outcome.reason })
    this.write({ ...base, attempt: { id, attempt, outcome: waits }, ...(opens && { pause: { until, outcome } }) })
  }

  private write(outcome: AttemptOutcome): void {
    const writing = this.outcomes.add(outcome).finally(() => this.unwritten.delete(writing))
    this.unwritten.add(writing)
  }

  /** Postpones mails that were not claimed until the pause of their connection ends. */
  private async putBackPaused(ready: LoadedDelivery[]): Promise<void> {
    for (const [connection, { pausedUntil }] of this.breakers) {
      if (pausedUntil === undefined) continue
      const ids = ready.filter((delivery) => delivery.connection === connection).map(({ id }) => id)
      await putBackDispatched(this.deps.db, ids, pausedUntil)
    }
  }

  /** Emits the events that providers reported while sending. */
  private async flush(): Promise<void> {
    this.unreported = 0
    try {
      for (const mailer of this.mailers.values()) await mailer.flush?.()
    } catch (error) {
      this.deps.log({ ...errorEntry(error), event: 'reports_not_handed_on' })
    }
  }

  private mailer(connection: string): Mailer {
    const open = this.mailers.get(connection)
    if (open) return open
    const route = this.routes.get(connection)
    if (!route) throw new Error(`no route over ${connection}`)
    const made = this.deps.mailer(route)
    this.mailers.set(connection, made)
    return made
  }

  private breaker(connection: string): ConnectionBreaker {
    const found = this.breakers.get(connection)
    if (found) return found
    const state = this.states.find((one) => one.connection === connection)
    const made = new ConnectionBreaker(state, this.deps.now())
    this.breakers.set(connection, made)
    return made
  }
}
