import { fillPlaceholders, type Query, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import * as schema from './schema'

export type Db = DrizzleD1Database<typeof schema> & { $client: D1Database }

export const openDb = (d1: D1Database): Db => drizzle(d1, { schema })

/** Checks that the database responds, to distinguish an outage from a statement that fails by itself. */
export async function isReachable(db: Db): Promise<boolean> {
  try {
    await db.$client.prepare('SELECT 1').first()
    return true
  } catch {
    return false
  }
}

/** Encodes a list as one bound parameter, to be read with `json_each(?)`, because D1 binds at most 100 parameters. */
export const jsonList = (values: readonly unknown[]): string => JSON.stringify(values)

/**
 * Builds a table for `FROM` from a list, with the columns `key` (index, from 0) and `value` (JSON). A list of one is written without
 * `json_each`, which would count as a row read.
 */
export const eachOf = (values: readonly unknown[]): SQL =>
  values.length === 1
    ? sql`(SELECT 0 AS key, ${JSON.stringify(values[0])} AS value)`
    : sql`json_each(${jsonList(values)})`

/** Writes constants as literals for `IN`. Bound parameters would not match partial indexes and count towards D1's limit of 100. */
export const constants = (values: readonly string[]): SQL =>
  sql.raw(`(${values.map((value) => `'${value}'`).join(', ')})`)

const dialect = new SQLiteAsyncDialect()

/** A statement for a batch whose text is built once for all its executions. */
class Prebuilt implements SQLWrapper {
  readonly getSQL: () => SQL
  readonly query: () => Pick<Query, 'sql' | 'params'>

  constructor(getSQL: () => SQL, query: Prebuilt['query']) {
    this.getSQL = getSQL
    this.query = query
  }
}

/**
 * Returns a statement that is built once, since building one takes longer than binding its values. Use it for what each mail executes.
 * @param make must write each value as a parameter, and nothing that depends on one
 */
export function prebuilt<Values extends Record<string, unknown>>(
  make: (values: { [Name in keyof Values]: unknown }) => SQL,
): (values: Values) => SQLWrapper {
  let built: Query | undefined
  return (values) =>
    new Prebuilt(
      () => make(values),
      () => {
        built ??= dialect.sqlToQuery(
          make(
            new Proxy({} as Values, {
              get: (_, name) => sql.placeholder(String(name)),
            }),
          ),
        )
        return { sql: built.sql, params: fillPlaceholders(built.params, values) }
      },
    )
}

/**
 * Runs statements, built or raw, in one transaction; an empty list makes no call. Drizzle's `batch` can't bind parameters of raw
 * statements on D1. The rows of each statement are in its result's `results`, by column name.
 */
export async function runBatch<Row = Record<string, unknown>>(
  db: Db,
  statements: readonly SQLWrapper[],
): Promise<D1Result<Row>[]> {
  if (statements.length === 0) return []
  return db.$client.batch(
    statements.map((statement) => {
      const { sql, params } = statement instanceof Prebuilt ? statement.query() : dialect.sqlToQuery(statement.getSQL())
      return db.$client.prepare(sql).bind(...params)
    }),
  )
}

/** Builds a statement from a list, or none when the list is empty. */
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

/** Reports whether a batch was ended by `allOrNothing`. */
export const isNotAll = (error: unknown): boolean => String(error).includes(NOT_ALL)
