/** All that a request could have changed. */
import { env } from 'cloudflare:test'
import { rows } from './database'

/** Every row of every table but sessions (which better-auth renews), as text that can be compared. */
export async function everyRow(): Promise<Record<string, string[]>> {
  const tables = await rows<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name NOT IN ('d1_migrations', 'sessions')",
  )
  const contents = await env.DB.batch(tables.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)))
  return Object.fromEntries(
    tables.map(({ name }, index) => [name, (contents[index]?.results ?? []).map((row) => JSON.stringify(row)).sort()]),
  )
}

/** The rows that mention one of these accounts, wherever they are: others may still be at work on what a test before asked for. */
export async function rowsOf(...accountIds: string[]): Promise<Record<string, string[]>> {
  const all = await everyRow()
  return Object.fromEntries(
    Object.entries(all).map(([table, found]) => [
      table,
      found.filter((row) => accountIds.some((id) => row.includes(`"${id}"`))),
    ]),
  )
}
