import type { BatchItem } from 'drizzle-orm/batch'
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import * as schema from './schema'

export type Db = DrizzleD1Database<typeof schema>

export const openDb = (d1: D1Database): Db => drizzle(d1, { schema })

/** A list as one bound parameter, read back with `json_each(?)`: D1 binds 100 parameters at most. */
export const jsonList = (values: readonly unknown[]): string => JSON.stringify(values)

export type Statement = BatchItem<'sqlite'>

/** One transaction of however many statements; none is no trip. */
export async function runBatch(db: Db, statements: Statement[]): Promise<unknown[]> {
  const [first, ...rest] = statements
  return first ? db.batch([first, ...rest]) : []
}

/** A statement over a list, left out of the batch when the list is empty. */
export const ifAny = <T>(items: T[], make: (items: T[]) => Statement): Statement[] =>
  items.length > 0 ? [make(items)] : []
