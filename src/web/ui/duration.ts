import { formatUnits } from '../../i18n/format'

/** Formats a duration, rounded up, at least a second: « 10 seconds », « 2 minutes », « 3 hours ». */
export const durationText = (ms: number, locale: string): string => {
  if (ms < 60_000) return formatUnits(Math.max(1, Math.ceil(ms / 1000)), 'second', locale)
  if (ms < 2 * 3_600_000) return formatUnits(Math.ceil(ms / 60_000), 'minute', locale)
  return formatUnits(Math.ceil(ms / 3_600_000), 'hour', locale)
}
