/** Storage is shared by all test files (`isolate: false`): each starts with empty tables. */
import { applyD1Migrations, env, reset } from 'cloudflare:test'

/** Empties D1, R2 and the queues and applies the migrations: for `beforeAll` or `beforeEach`. */
export async function freshStorage(): Promise<void> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
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
