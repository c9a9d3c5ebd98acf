import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import * as schema from './schema'

export type Db = DrizzleD1Database<typeof schema> & { $client: D1Database }

export const openDb = (d1: D1Database): Db => drizzle(d1, { schema })

/** Whether the database answers at all: tells what breaks by itself from an outage. */
export async function isReachable(db: Db): Promise<boolean> {
  try {
    await db.$client.prepare('SELECT 1').first()
    return true
  } catch {
    return false
  }
}

/** A list as one bound parameter, read back with `json_each(?)`: D1 binds 100 parameters at most. */
export const jsonList = (values: readonly unknown[]): string => JSON.stringify(values)

/**
 * A list as a table with the columns `key` (place, from 0) and `value` (JSON), for `FROM`. A list of one costs no row read, since no
 * table function is asked for it.
 */
export const eachOf = (values: readonly unknown[]): SQL =>
  values.length === 1
    ? sql`(SELECT 0 AS key, ${JSON.stringify(values[0])} AS value)`
    : sql`json_each(${jsonList(values)})`

/** The constants of ours that a column may hold, as a list for `IN`: written out, so that partial indexes and the 100 parameters are kept. */
export const constants = (values: readonly string[]): SQL =>
  sql.raw(`(${values.map((value) => `'${value}'`).join(', ')})`)

const dialect = new SQLiteAsyncDialect()

/**
 * One transaction of however many statements, built or raw; none is no trip. (Drizzle's own `batch` can't bind raw ones on D1.)
 * Rows that a statement returns stand in its result's `results`, under the names of its columns.
 */
export async function runBatch<Row = Record<string, unknown>>(
  db: Db,
  statements: readonly SQLWrapper[],
): Promise<D1Result<Row>[]> {
  if (statements.length === 0) return []
  return db.$client.batch(
    statements.map((statement) => {
      const { sql, params } = dialect.sqlToQuery(statement.getSQL())
      return db.$client.prepare(sql).bind(...params)
    }),
  )
}

/** A statement over a list, left out of the batch when the list is empty. */
export const ifAny = <T>(items: T[], make: (items: T[]) => SQLWrapper): SQLWrapper[] =>
  items.length > 0 ? [make(items)] : []

const NOT_ALL = 'all_or_nothing'

/**
 * Ends the whole batch unless the statement before it changed `rows` rows. Outside of triggers SQLite has no RAISE, and a CHECK constraint
 * would need a write, which resets `changes()` for the statements that follow. A JSON path that does not begin with `$` is an error that
 * names the path, and no stored value can cause it.
 */
export const allOrNothing = (rows: number) =>
  sql`SELECT CASE changes() WHEN ${rows} THEN NULL ELSE json_extract('{}', ${NOT_ALL}) END`

/** Tells whether a batch was ended by `allOrNothing`. */
export const isNotAll = (error: unknown): boolean => String(error).includes(NOT_ALL)
