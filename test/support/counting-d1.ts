/** Wraps a D1 database and counts the rows that its statements read and write, as the platform bills them. */
export function countingD1(inner: D1Database) {
  let read = 0
  let written = 0
  const count = <T extends { meta: Record<string, unknown> }>(result: T): T => {
    read += Number(result.meta.rows_read)
    written += Number(result.meta.rows_written)
    return result
  }
  const wrapped = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement, query: string): D1PreparedStatement => {
    const proxy: D1PreparedStatement = Object.assign(Object.create(statement), {
      bind: (...values: unknown[]) => wrap(statement.bind(...values), query),
      all: async () => count(await statement.all()),
      run: async () => count(await statement.run()),
      first: async (column?: string) => {
        const [row] = count(await statement.all<Record<string, unknown>>()).results
        return row === undefined ? null : column === undefined ? row : row[column]
      },
      raw: async () => {
        const rows = count(await statement.all<Record<string, unknown>>()).results
        // Objects lose columns of the same name. What only reads may run again.
        return /^select/i.test(query) ? statement.raw() : rows.map((row) => Object.values(row))
      },
    })
    wrapped.set(proxy, statement)
    return proxy
  }
  const d1 = Object.assign(Object.create(inner), {
    prepare: (query: string) => wrap(inner.prepare(query), query),
    batch: async (statements: D1PreparedStatement[]) =>
      (await inner.batch(statements.map((one) => wrapped.get(one) ?? one))).map(count),
  }) as D1Database
  return {
    d1,
    rowsRead: () => read,
    rowsWritten: () => written,
    reset: () => {
      read = 0
      written = 0
    },
  }
}
