/** Empties the storage that all test files share (`isolate: false`). */
import { applyD1Migrations, env, reset } from 'cloudflare:test'

/** Statements that empty every table. Creating the tables for each test takes seven times as long. */
let deletions: string[] | undefined

/** Empties D1 and R2, and applies the migrations the first time; called in `beforeAll` or `beforeEach`. */
export async function freshStorage(): Promise<void> {
  await env.DB.batch(await emptyTables())
  await emptyBucket()
}

/** Returns the statements that empty every table. Applies the migrations the first time. */
export async function emptyTables(): Promise<D1PreparedStatement[]> {
  deletions ??= await newTables()
  return deletions.map((statement) => env.DB.prepare(statement))
}

/** Deletes the database, for tests without one. The next `freshStorage` creates it again. */
export async function deleteStorage(): Promise<void> {
  await reset()
  deletions = undefined
}

async function newTables(): Promise<string[]> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  return listDeletions()
}

async function listDeletions(): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'd1_migrations' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'",
  )
  return tables.map(({ name }) => `DELETE FROM "${name}"`)
}

async function emptyBucket(): Promise<void> {
  for (;;) {
    const { objects, truncated } = await env.BUCKET.list()
    if (objects.length > 0) await env.BUCKET.delete(objects.map(({ key }) => key))
    if (!truncated) return
  }
}

/** Returns the rows of a query. */
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
