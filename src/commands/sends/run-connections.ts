import type { Pause } from '../../db/dispatch'
import { PROVIDERS } from '../../domain/provider'
import type { MailRoute } from '../../domain/provider-connection'
import type { Mailer } from '../../mail/mailer'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { ConnectionBreaker } from './connection-breaker'
import { Pace } from './pace'
import type { Routes } from './resolve-mail-routes'

/** Holds what each connection of one invocation is sent over and limited by. Each part is made at its first use. */
export class RunConnections {
  readonly #mailers = new Map<string, Mailer>()
  readonly #breakers = new Map<string, ConnectionBreaker>()
  readonly #paces = new Map<string, Pace>()
  readonly #deps: Deps
  readonly #routes: Routes
  readonly #states: Pause[]

  /** @param states of connections that are paused, or were when they were last used */
  constructor(deps: Deps, routes: Routes, states: Pause[]) {
    this.#deps = deps
    this.#routes = routes
    this.#states = states
  }

  /** Returns the breakers that were used so far. */
  get breakers(): ReadonlyMap<string, ConnectionBreaker> {
    return this.#breakers
  }

  route(connection: string): MailRoute | undefined {
    return this.#routes.get(connection)
  }

  mailer(connection: string): Mailer {
    return madeOnce(this.#mailers, connection, () => {
      const route = this.route(connection)
      if (!route) throw new Error(`no route over ${connection}`)
      return this.#deps.mailer(route)
    })
  }

  breaker(connection: string): ConnectionBreaker {
    return madeOnce(this.#breakers, connection, () => {
      const state = this.#states.find((one) => one.connection === connection)
      const settings = this.route(connection)?.settings
      return new ConnectionBreaker(state, this.#deps.now(), settings && PROVIDERS[settings.kind].inFlight)
    })
  }

  pace(connection: string): Pace {
    return madeOnce(this.#paces, connection, () => new Pace(this.#deps))
  }

  /** Emits the events that providers reported while sending. */
  async flush(): Promise<void> {
    try {
      for (const mailer of this.#mailers.values()) await mailer.flush?.()
    } catch (error) {
      this.#deps.log({ ...errorEntry(error), event: 'reports_not_handed_on' })
    }
  }

  close(): void {
    for (const mailer of this.#mailers.values()) mailer.close()
  }
}

function madeOnce<T>(made: Map<string, T>, key: string, make: () => T): T {
  const found = made.get(key)
  if (found !== undefined) return found
  const value = make()
  made.set(key, value)
  return value
}
