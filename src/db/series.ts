/** Queries of the counters of document numbers. */
import { and, eq, sql } from 'drizzle-orm'
import type { DocumentKind } from '../domain/document'
import type { Db } from './client'
import { series } from './schema'

export interface SeriesRef {
  accountId: string
  name: string
  /** A year, or '' for a pattern without a year. */
  period: string
}

export interface SeriesState {
  /** The counter of the next number. */
  next: number
  /** ISO date of the last document issued; '' = none yet, and only then can `next` be set. */
  lastIssueDate: string
}

/** Returns the name of a series. Test documents have series of their own. */
export const seriesName = (kind: DocumentKind, test: boolean): string => (test ? `${kind}:test` : kind)

/** Returns the state of a series. One without a row begins at 1. */
export async function findSeries(db: Db, { accountId, name, period }: SeriesRef): Promise<SeriesState> {
  const row = await db
    .select({ next: series.next, lastIssueDate: series.lastIssueDate })
    .from(series)
    .where(and(eq(series.accountId, accountId), eq(series.name, name), eq(series.period, period)))
    .get()
  return row ?? { next: 1, lastIssueDate: '' }
}

/** Sets the next counter. For a batch; returns no row when a number of this period has been issued, or `next` is lower than the current one. */
export const setSeriesNext = (db: Db, { accountId, name, period }: SeriesRef, next: number) =>
  db
    .insert(series)
    .values({ accountId, name, period, next })
    .onConflictDoUpdate({
      target: [series.accountId, series.name, series.period],
      set: { next },
      setWhere: sql`${series.lastIssueDate} = '' AND ${series.next} <= ${next}`,
    })
    .returning({ next: series.next })
