/** A D1 binding that adds up what D1 bills: rows read and written, as every statement's `meta` tells. */

export interface CountingD1 {
  d1: D1Database
  rowsRead(): number
  rowsWritten(): number
  queries(): number
}

export function countingD1(d1: D1Database): CountingD1 {
  let read = 0
  let written = 0
  let queries = 0
  const count = <T extends { meta: D1Meta & Record<string, unknown> }>(result: T): T => {
    read += result.meta.rows_read
    written += result.meta.rows_written
    queries += 1
    return result
  }
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all: async <T>() => count(await statement.all<T>()),
      run: async <T>() => count(await statement.run<T>()),
      first: async () => count(await statement.all()).results[0] ?? null,
      // `raw` tells no cost, so a query is asked twice and counted once.
      raw: async (options?: { columnNames?: false }) => {
        count(await statement.all())
        return statement.raw(options)
      },
    } as unknown as D1PreparedStatement
    originals.set(wrapped, statement)
    return wrapped
  }
  const counting = {
    prepare: (query: string) => wrap(d1.prepare(query)),
    batch: async <T>(statements: D1PreparedStatement[]) =>
      (await d1.batch<T>(statements.map((statement) => originals.get(statement) ?? statement))).map(count),
    exec: (query: string) => d1.exec(query),
  } as unknown as D1Database
  return { d1: counting, rowsRead: () => read, rowsWritten: () => written, queries: () => queries }
}
