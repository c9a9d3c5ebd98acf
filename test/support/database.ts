/** Storage is shared by all test files (`isolate: false`): each starts with empty tables. */
import { applyD1Migrations, env, reset } from 'cloudflare:test'

/** Empties D1, R2 and the queues and applies the migrations: for `beforeAll` or `beforeEach`. */
export async function freshStorage(): Promise<void> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  // A consumer still at work on the last test's messages can hold the old database open through `reset`.
  const tables = await rows<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations'",
  )
  await env.DB.batch(tables.map(({ name }) => env.DB.prepare(`DELETE FROM "${name}"`)))
}

/** Rows of a query, for looking at what a command left behind. */
export async function rows<T = Record<string, unknown>>(query: string, ...values: unknown[]): Promise<T[]> {
  const { results } = await env.DB.prepare(query)
    .bind(...values)
    .all<T>()
  return results
}

export async function row<T = Record<string, unknown>>(query: string, ...values: unknown[]): Promise<T> {
  const [first] = await rows<T>(query, ...values)
  if (!first) throw new Error(`no row: ${query}`)
  return first
}
