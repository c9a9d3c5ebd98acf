/** Reads all rows that a request could have changed. */
import { env } from 'cloudflare:test'
import { rows } from './database'

/** Returns every row of every table except sessions, which better-auth renews, as text that can be compared. */
export const everyRow = (): Promise<Record<string, string[]>> => rowsWhere(() => 'TRUE')

/** Returns the rows that name one of these accounts. Rows of other accounts may still change, because of an earlier test. */
export const rowsOf = (...accountIds: string[]): Promise<Record<string, string[]>> =>
  rowsWhere((columns) => accountIds.map((_, index) => `?${index + 1} IN (${columns})`).join(' OR '), accountIds)

async function rowsWhere(
  condition: (columns: string) => string,
  values: string[] = [],
): Promise<Record<string, string[]>> {
  const tables = await rows<{ name: string; columns: string }>(`
    SELECT t.name, group_concat('"' || c.name || '"') AS columns FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_cf_%' AND t.name NOT IN ('d1_migrations', 'sessions')
    GROUP BY t.name`)
  const contents = await env.DB.batch(
    tables.map(({ name, columns }) =>
      env.DB.prepare(`SELECT * FROM "${name}" WHERE ${condition(columns)}`).bind(...values),
    ),
  )
  return Object.fromEntries(
    tables.map(({ name }, index) => [name, (contents[index]?.results ?? []).map((row) => JSON.stringify(row)).sort()]),
  )
}
