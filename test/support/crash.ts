/**
 * Simulates a process that dies at its n-th external call. Everything that `Deps` reaches (D1, R2, the queues, the SMTP connection)
 * is wrapped. At the n-th call the process dies, either before the call takes effect, or after it and before the response. From then
 * on no call returns, so no `finally` runs, and its connections are cut.
 */
import type { Socket } from 'node:net'
import type { Deps } from '../../src/commands/deps'
import { openDb } from '../../src/db/client'
import { isThorough } from './thorough'

export type Moment = 'before' | 'after'

/** Yields the calls at which a process dies: each in a thorough run, else every third (or `every`), other ones before they take effect than after. */
export function* callNumbers(moment: Moment, every = 3): Generator<number> {
  const step = isThorough() ? 1 : every
  for (let n = moment === 'before' || step === 1 ? 1 : 2; ; n += step) yield n
}

/**
 * Lets a process die at one call after another, until it is done before it dies. After each death `expectTruth` must hold. Returns the
 * last call at which it died.
 */
export async function dieAtEachCall(
  moment: Moment,
  dieAndRecover: (n: number, moment: Moment) => Promise<'done' | 'died'>,
  expectTruth: (when: string) => Promise<void>,
): Promise<number> {
  let n = 0
  for (n of callNumbers(moment)) {
    if ((await dieAndRecover(n, moment)) === 'done') break
    await expectTruth(`died ${moment} call ${n}`)
  }
  await expectTruth('untouched')
  return n
}

export class Process {
  private calls = 0
  private dead = false
  private end: () => void = () => {}
  private readonly ended = new Promise<'died'>((resolve) => {
    this.end = () => resolve('died')
  })
  private readonly dieAt: number
  private readonly moment: Moment
  private readonly onDeath: (() => void)[] = []

  constructor(dieAt: number, moment: Moment) {
    this.dieAt = dieAt
    this.moment = moment
  }

  /** Runs `work` until it is done or the process dies. */
  run(work: Promise<unknown>): Promise<'done' | 'died'> {
    return Promise.race([work.then(() => 'done' as const), this.ended])
  }

  /** Makes one external call, whose result comes later. */
  async call<T>(effect: () => Promise<T>): Promise<T> {
    if (this.dead) return never()
    this.calls += 1
    if (this.calls !== this.dieAt) {
      const answer = await effect()
      // Another call killed the process while this one was under way.
      return this.dead ? never() : answer
    }
    if (this.moment === 'after') await effect()
    return this.kill()
  }

  /** Wraps a connection of this process: each write is one call, and the connection is cut when the process dies. */
  socket(socket: Socket): Socket {
    this.onDeath.push(() => socket.destroy())
    const write = socket.write.bind(socket) as (...values: unknown[]) => boolean
    const mortalWrite = (...values: unknown[]): boolean => {
      if (this.dead) return false
      this.calls += 1
      const last = this.calls === this.dieAt
      if (!last || this.moment === 'after') write(...values)
      if (last) this.kill()
      return !last
    }
    return Object.assign(socket, { write: mortalWrite })
  }

  /** Ends the process, as the platform does to one that takes too much memory. */
  kill<T>(): Promise<T> {
    this.dead = true
    for (const cut of this.onDeath) cut()
    this.end()
    return never()
  }
}

const never = <T>(): Promise<T> => new Promise<T>(() => {})

/** Wraps dependencies so that their calls belong to a process that may die. `mailer` opens its connections by `process.socket`. */
export function mortalDeps(deps: Deps, d1: D1Database, process: Process, mailer: Deps['mailer']): Deps {
  return {
    ...deps,
    db: openDb(mortalD1(d1, process)),
    bucket: mortal(deps.bucket, process),
    deliverQueue: mortal(deps.deliverQueue, process),
    expressQueue: mortal(deps.expressQueue, process),
    eventQueue: mortal(deps.eventQueue, process),
    mailer,
  }
}

/** Wraps a binding so that every method is one call. */
function mortal<T extends object>(binding: T, process: Process): T {
  return new Proxy(binding, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      return (...values: unknown[]) => process.call(async () => value.apply(target, values))
    },
  })
}

function mortalD1(d1: D1Database, process: Process): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property, target)
        if (property === 'bind') return (...values: unknown[]) => wrap(target.bind(...values))
        if (typeof value !== 'function') return value
        return (...values: unknown[]) => process.call(async () => value.apply(target, values))
      },
    })
    originals.set(wrapped, statement)
    return wrapped
  }
  return new Proxy(d1, {
    get(target, property) {
      if (property === 'prepare') return (query: string) => wrap(target.prepare(query))
      if (property === 'batch') {
        return (statements: D1PreparedStatement[]) =>
          process.call(() => target.batch(statements.map((statement) => originals.get(statement) ?? statement)))
      }
      return Reflect.get(target, property, target)
    },
  })
}
