import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import * as schema from './schema'

export type Db = DrizzleD1Database<typeof schema>

export const openDb = (d1: D1Database): Db => drizzle(d1, { schema })

/** A list as one bound parameter, read back with `json_each(?)`: D1 binds 100 parameters at most. */
export const jsonList = (values: readonly unknown[]): string => JSON.stringify(values)
