import { runBatch } from '../../db/client'
import { moveDue, type Pause } from '../../db/dispatch'
import { listOtherConnections } from '../../db/provider-connections'
import { DEPLOYMENT, DEPLOYMENT_SECOND, SIMULATOR } from '../../domain/provider-connection'
import type { Deps } from '../deps'

/** Failed attempts of a mail after which it is tried over the other provider, though its own still works. */
const FAILURES_BEFORE_OTHER = 2

/** Knows, for one tick, the provider that takes over from another: the second from the first, and back. */
export class OtherProviders {
  readonly #deps: Deps
  readonly #others: Map<string, string>
  readonly #pauses: Map<string, Pause>

  private constructor(deps: Deps, others: Map<string, string>, pauses: Map<string, Pause>) {
    this.#deps = deps
    this.#others = others
    this.#pauses = pauses
  }

  static async of(deps: Deps, connections: string[], pauses: Map<string, Pause>): Promise<OtherProviders> {
    const others = new Map<string, string>()
    if (deps.config.secondProvider) others.set(DEPLOYMENT, DEPLOYMENT_SECOND).set(DEPLOYMENT_SECOND, DEPLOYMENT)
    const ofAccounts = connections.filter((connection) => !BUILT_IN.includes(connection))
    if (ofAccounts.length > 0)
      for (const { id, other } of await listOtherConnections(deps.db, ofAccounts)) others.set(id, other)
    return new OtherProviders(deps, others, pauses)
  }

  /** Lets all due mails of a connection that can't carry them leave over the other one. Only what was never taken is waiting, so nothing leaves twice. */
  takeAll(connection: string, now: number): Promise<void> {
    return this.#move(connection, 0, now)
  }

  /** Lets mails that have failed over a working connection leave over the other one. */
  takeFailing(connection: string, now: number): Promise<void> {
    return this.#move(connection, FAILURES_BEFORE_OTHER, now)
  }

  async #move(connection: string, failedAttempts: number, now: number): Promise<void> {
    const other = this.#others.get(connection)
    // A connection in trouble has a row here until a mail has gone over it.
    if (other === undefined || this.#pauses.has(other)) return
    const [moved] = await runBatch(this.#deps.db, [
      moveDue(this.#deps.db, { from: connection, to: other, failedAttempts }, now),
    ])
    const count = moved?.meta.changes ?? 0
    if (count > 0) this.#deps.log({ event: 'other_provider', from: connection, to: other, count })
  }
}

const BUILT_IN = [SIMULATOR, DEPLOYMENT, DEPLOYMENT_SECOND]
