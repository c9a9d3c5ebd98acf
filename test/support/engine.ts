/** Runs the path of a mail from tick to outcome step by step, with a clock, queues and mailers that a test controls. */
import { env } from 'cloudflare:test'
import type { Deps, LogEntry } from '../../src/commands/deps'
import { deliver } from '../../src/commands/sends/deliver'
import { dispatchDue } from '../../src/commands/sends/dispatch-due'
import { recordEvents } from '../../src/commands/sends/record-events'
import { openDb } from '../../src/db/client'
import type { DeliverMessage, EventMessage } from '../../src/domain/messages'
import type { MailRoute } from '../../src/domain/provider-connection'
import type { Mailer, OutgoingMail, SendOutcome } from '../../src/mail/mailer'
import { testDeps } from './deps'
import { HeldQueue } from './held-queue'

/** Returns a provider's outcome for a mail on a connection. */
export type Script = (mail: OutgoingMail, connection: string) => SendOutcome | Promise<SendOutcome>

export const accepted: SendOutcome = { type: 'accepted', providerMessageId: 'id', text: '250 Ok' }
export const unreachable: SendOutcome = { type: 'pause', reason: 'server_unreachable', text: 'cannot connect' }

export class Engine {
  now = Date.now()
  /** Addresses in the order in which they were tried. */
  readonly tried: string[] = []
  readonly logged: LogEntry[] = []
  readonly deliverQueue = new HeldQueue<DeliverMessage>()
  readonly eventQueue = new HeldQueue<EventMessage>()
  readonly deps: Deps

  constructor(script: Script = () => accepted, over: Partial<Deps> = {}) {
    const mailer = ({ connection }: MailRoute): Mailer => ({
      send: async (mail) => {
        this.tried.push(mail.to)
        return script(mail, connection)
      },
      close() {},
    })
    this.deps = testDeps({
      now: () => this.now,
      wait: async () => {},
      random: () => 0.5,
      log: (entry) => void this.logged.push(entry),
      deliverQueue: this.deliverQueue.binding,
      eventQueue: this.eventQueue.binding,
      mailer,
      ...over,
    })
  }

  tick(): Promise<number> {
    return dispatchDue(this.deps)
  }

  async consume(): Promise<void> {
    for (const { ids } of this.deliverQueue.take()) await deliver(this.deps, ids)
    for (const message of this.eventQueue.take()) await recordEvents(this.deps, message)
  }

  async turn(): Promise<void> {
    await this.tick()
    await this.consume()
  }
}

/** Returns a promise that a test settles. */
export function held<T>() {
  let settle: (value: T) => void = () => {}
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, settle }
}

/** Waits until concurrent work has made the condition true. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 500; n++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('the condition did not become true in time')
}

/** Returns a database that fails for some statements: `refuses` gets the SQL and its bound values, and returns an error. */
export function refusingDb(refuses: (sql: string, values: unknown[]) => string | undefined) {
  const known = new WeakMap<object, { sql: string; values: unknown[]; statement: D1PreparedStatement }>()
  const wrap = (sql: string, statement: D1PreparedStatement, values: unknown[]): D1PreparedStatement => {
    const check = async <T>(call: () => Promise<T>): Promise<T> => {
      const error = refuses(sql, values)
      if (error !== undefined) throw new Error(error)
      return call()
    }
    const wrapped: D1PreparedStatement = Object.assign(Object.create(statement), {
      bind: (...bound: unknown[]) => wrap(sql, statement.bind(...bound), bound),
      all: () => check(() => statement.all()),
      run: () => check(() => statement.run()),
      raw: () => check(() => statement.raw()),
      first: () => check(() => statement.first()),
    })
    known.set(wrapped, { sql, values, statement })
    return wrapped
  }
  const d1 = Object.assign(Object.create(env.DB), {
    prepare: (sql: string) => wrap(sql, env.DB.prepare(sql), []),
    batch: async (statements: D1PreparedStatement[]) => {
      for (const one of statements) {
        const found = known.get(one)
        const error = found && refuses(found.sql, found.values)
        if (error !== undefined) throw new Error(error)
      }
      return env.DB.batch(statements.map((one) => known.get(one)?.statement ?? one))
    },
  }) as D1Database
  return openDb(d1)
}
