/** Copies all that the storage holds, so that tests which change it begin at the same state without making it again. */
import { env } from 'cloudflare:test'
import { emptyTables, rows } from './database'

/** Copies all rows and objects. Returns a function that puts exactly these back. */
export async function copyStorage(): Promise<() => Promise<void>> {
  const [insertions, triggers, objects] = [await listInsertions(), await listTriggers(), await readObjects()]
  return async () => {
    await env.DB.batch([
      ...triggers.map(({ name }) => env.DB.prepare(`DROP TRIGGER "${name}"`)),
      ...(await emptyTables()),
      ...insertions.map(({ query, values }) => env.DB.prepare(query).bind(values)),
      ...triggers.map(({ sql }) => env.DB.prepare(sql)),
    ])
    await putObjects(objects)
  }
}

/** Returns a statement for each table with rows, and their values as JSON: D1's columns hold texts and numbers only. */
async function listInsertions(): Promise<{ query: string; values: string }[]> {
  const tables = await rows<{ name: string; columns: string }>(`
    SELECT t.name, json_group_array(c.name) AS columns FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_cf_%' AND t.name <> 'd1_migrations' GROUP BY t.name`)
  const contents = await env.DB.batch<Record<string, unknown>>(
    tables.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)),
  )
  return tables.flatMap((table, index) => {
    const columns: string[] = JSON.parse(table.columns)
    const results = contents[index]?.results ?? []
    if (results.length === 0) return []
    const names = columns.map((column) => `"${column}"`).join()
    const values = columns.map((_, position) => `value ->> ${position}`).join()
    return {
      query: `INSERT INTO "${table.name}" (${names}) SELECT ${values} FROM json_each(?)`,
      values: JSON.stringify(results.map((row) => columns.map((column) => row[column]))),
    }
  })
}

/** Returns the triggers, which would record every row that is put back as a change. */
const listTriggers = () =>
  rows<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")

interface StoredObject {
  etag: string
  bytes: ArrayBuffer
  options: R2PutOptions
}

async function readObjects(): Promise<Map<string, StoredObject>> {
  const objects = new Map<string, StoredObject>()
  for (const key of (await listObjects()).keys()) {
    const object = await env.BUCKET.get(key)
    if (!object) continue
    const { etag, httpMetadata = {}, customMetadata = {} } = object
    objects.set(key, { etag, bytes: await object.arrayBuffer(), options: { httpMetadata, customMetadata } })
  }
  return objects
}

/** Returns the key and the etag of every object. */
async function listObjects(): Promise<Map<string, string>> {
  const { objects, truncated } = await env.BUCKET.list()
  if (truncated) throw new Error('a copy of the storage holds at most 1,000 objects')
  return new Map(objects.map(({ key, etag }) => [key, etag]))
}

async function putObjects(kept: Map<string, StoredObject>): Promise<void> {
  const found = await listObjects()
  const added = [...found.keys()].filter((key) => !kept.has(key))
  if (added.length > 0) await env.BUCKET.delete(added)
  for (const [key, { etag, bytes, options }] of kept)
    if (found.get(key) !== etag) await env.BUCKET.put(key, bytes, options)
}
