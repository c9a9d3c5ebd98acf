/** Finds the mail that kills its isolate: by its count of beginnings without a result, which starts when it was first lost. */
import { IDS_PER_MESSAGE } from './timing'

/**
 * After as many beginnings without a result a mail fails. The last one was alone. A deploy can end one of them, but hardly both.
 */
export const MOST_BEGINNINGS = 2

/** So few lost mails are each tried alone at once. More of them were rather lost with a queue, so they are begun together first. */
export const MOST_ALONE = IDS_PER_MESSAGE

/** `timesBegun` is null for a delivery that was never lost. */
interface Countable {
  timesBegun: number | null
}

/**
 * Arranges deliveries into groups that are prepared one after the other: those that were never lost, then many lost ones together, then
 * each suspect alone, the most suspicious last.
 */
export function groupsToPrepare<D extends Countable>(deliveries: readonly D[]): D[][] {
  const lost = deliveries.filter(({ timesBegun }) => timesBegun !== null)
  const isAlone = ({ timesBegun }: D) => timesBegun !== null && (timesBegun > 0 || lost.length <= MOST_ALONE)
  const alone = lost.filter(isAlone).sort((a, b) => (a.timesBegun ?? 0) - (b.timesBegun ?? 0))
  return [
    deliveries.filter(({ timesBegun }) => timesBegun === null),
    lost.filter((delivery) => !isAlone(delivery)),
    ...alone.map((delivery) => [delivery]),
  ].filter((group) => group.length > 0)
}

/** Returns true for a delivery that must not be begun again. */
export const isBegunTooOften = ({ timesBegun }: Countable): boolean => (timesBegun ?? 0) >= MOST_BEGINNINGS
