/** Storage is shared by all test files (`isolate: false`): each starts with empty tables. */
import { applyD1Migrations, env, reset } from 'cloudflare:test'

/** What the migrations come to, kept from their first run: each time anew they would take several times as long. */
let schema: string[] | undefined

/** Empties D1, R2 and the queues and applies the migrations: for `beforeAll` or `beforeEach`. */
export async function freshStorage(): Promise<void> {
  await reset()
  if (!schema) {
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
    schema = await readSchema()
  }
  await env.DB.batch(schema.map((statement) => env.DB.prepare(statement)))
}

/** Statements that make every table empty, whether it is there or not: a consumer still at work on the last test's messages can hold the old database open through `reset`. */
async function readSchema(): Promise<string[]> {
  const parts = await rows<{ type: string; name: string; sql: string }>(
    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' ORDER BY rowid",
  )
  const tables = parts.filter(({ type }) => type === 'table').map(({ name }) => name)
  const applied = await rows<{ id: number; name: string }>('SELECT id, name FROM d1_migrations')
  return [
    ...parts.map(({ sql }) => sql.replace(/^CREATE (UNIQUE )?(\w+) /, 'CREATE $1$2 IF NOT EXISTS ')),
    ...tables.map((name) => `DELETE FROM "${name}"`),
    ...applied.map(({ id, name }) => `INSERT INTO d1_migrations (id, name) VALUES (${id}, '${name}')`),
  ]
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
