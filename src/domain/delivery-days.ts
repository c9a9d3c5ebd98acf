/** Counts deliveries by day, for the chart. */
import { addDays, dateIn } from './calendar'

export const COUNT_KINDS = ['sent', 'delivered', 'failed'] as const
export type CountKind = (typeof COUNT_KINDS)[number]

export interface DeliveryDay extends Record<CountKind, number> {
  /** ISO date in the account's time zone. */
  date: string
}

/**
 * Returns one entry for each of the last `days` days, today last, also for days without deliveries.
 * @param counts `at` = epoch ms of the time slot, `n` = deliveries in it
 */
export function deliveryDays(
  counts: { kind: CountKind; at: number; n: number }[],
  { now, timeZone, days }: { now: number; timeZone: string; days: number },
): DeliveryDay[] {
  const today = dateIn(now, timeZone)
  const list = Array.from(
    { length: days },
    (_, i): DeliveryDay => ({
      ...{ date: addDays(today, i - days + 1), sent: 0, delivered: 0, failed: 0 },
    }),
  )
  const byDate = new Map(list.map((day) => [day.date, day]))
  for (const { kind, at, n } of counts) {
    const day = byDate.get(dateIn(at, timeZone))
    if (day) day[kind] += n
  }
  return list
}

export const sumOf = (days: DeliveryDay[], kind: CountKind): number => days.reduce((sum, day) => sum + day[kind], 0)
