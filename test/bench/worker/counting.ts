/** Counts what the platform would bill, by wrapping the bindings of the Worker. Nothing else about them changes. */
import type { Env } from '../../../src/env'

export interface Counts {
  rowsRead: number
  rowsWritten: number
  queries: number
  /** A message costs a write, a read and a delete, each per 64 KB begun. */
  queueOps: number
  /** Puts and lists; reads are class B, deletes are free. */
  r2ClassA: number
}

const QUEUE_UNIT_BYTES = 64_000
const OPS_PER_MESSAGE = 3

export const zero = (): Counts => ({ rowsRead: 0, rowsWritten: 0, queries: 0, queueOps: 0, r2ClassA: 0 })

/** Wraps the bindings, so that they add to `counts` while `counts` is set. */
export function countingEnv(env: Env, counts: () => Counts | undefined): Env {
  return {
    ...env,
    DB: countingDatabase(env.DB, counts),
    BUCKET: countingBucket(env.BUCKET, counts),
    DELIVER_QUEUE: countingQueue(env.DELIVER_QUEUE, counts),
    EXPRESS_QUEUE: countingQueue(env.EXPRESS_QUEUE, counts),
    EVENT_QUEUE: countingQueue(env.EVENT_QUEUE, counts),
  }
}

type Add = (result: { meta: { rows_read?: number; rows_written?: number } }) => void

function countingDatabase(db: D1Database, counts: () => Counts | undefined): D1Database {
  const add: Add = ({ meta }) => {
    const now = counts()
    if (!now) return
    now.rowsRead += meta.rows_read ?? 0
    now.rowsWritten += meta.rows_written ?? 0
    now.queries++
  }
  const real = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const wrapped = countingStatement(statement, sql, add, () => counts() !== undefined, wrap)
    real.set(wrapped, statement)
    return wrapped
  }
  return overriding(db, {
    prepare: (sql: string) => wrap(db.prepare(sql), sql),
    batch: async <T>(statements: D1PreparedStatement[]) => {
      const results = await db.batch<T>(statements.map((statement) => real.get(statement) ?? statement))
      for (const result of results) add(result)
      return results
    },
  })
}

/**
 * Wraps a statement. `first()` and `raw()` report no costs, so `all()` is called instead; a SELECT's columns may share
 * names, so its rows are read again.
 */
function countingStatement(
  statement: D1PreparedStatement,
  sql: string,
  add: Add,
  counting: () => boolean,
  wrap: (statement: D1PreparedStatement, sql: string) => D1PreparedStatement,
): D1PreparedStatement {
  const all = async <T>() => {
    const result = await statement.all<T>()
    add(result)
    return result
  }
  const isSelect = /^\s*(select|with)\b/i.test(sql) && !/\b(insert|update|delete)\b/i.test(sql)
  return overriding(statement, {
    bind: (...values: unknown[]) => wrap(statement.bind(...values), sql),
    all,
    run: async <T>() => {
      const result = await statement.run<T>()
      add(result)
      return result
    },
    first: async (column?: string) => {
      const [row] = (await all<Record<string, unknown>>()).results
      if (row === undefined) return null
      return column === undefined ? row : row[column]
    },
    raw: async (options?: { columnNames: true }) => {
      if (!counting()) return statement.raw(options as never)
      const { results } = await all<Record<string, unknown>>()
      return isSelect || options ? statement.raw(options as never) : results.map((row) => Object.values(row))
    },
  } as Partial<D1PreparedStatement>)
}

function countingQueue<T>(queue: Queue<T>, counts: () => Counts | undefined): Queue<T> {
  const add = (body: T) => {
    const now = counts()
    const units = Math.ceil(new TextEncoder().encode(JSON.stringify(body)).length / QUEUE_UNIT_BYTES)
    if (now) now.queueOps += units * OPS_PER_MESSAGE
  }
  return overriding(queue, {
    send: (body, options) => {
      add(body)
      return queue.send(body, options)
    },
    sendBatch: (messages, options) => {
      const list = [...messages]
      for (const { body } of list) add(body)
      return queue.sendBatch(list, options)
    },
  })
}

function countingBucket(bucket: R2Bucket, counts: () => Counts | undefined): R2Bucket {
  const add = () => {
    const now = counts()
    if (now) now.r2ClassA++
  }
  return overriding(bucket, {
    put: ((...args: Parameters<R2Bucket['put']>) => {
      add()
      return bucket.put(...args)
    }) as R2Bucket['put'],
    list: (options) => {
      add()
      return bucket.list(options)
    },
  })
}

/** Replaces some methods of a binding, a native object whose other methods must be called on itself. */
function overriding<T extends object>(target: T, replacements: Partial<T>): T {
  return new Proxy(target, {
    get(_, name) {
      if (name in replacements) return replacements[name as keyof T]
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
