/** Defines refusals as values (`refusal.<reason>` in the locales is the text of each); exceptions are for what should never happen. */
export type Result<T, R extends string = string> = { ok: true; value: T } | Refused<R>

export interface Refused<R extends string = string> {
  ok: false
  reason: R
  /** Numbers, dates or names that the text of this refusal mentions. */
  details?: Record<string, string | number>
}

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export function refuse<R extends string>(reason: R, details?: Record<string, string | number>): Refused<R> {
  return details ? { ok: false, reason, details } : { ok: false, reason }
}
