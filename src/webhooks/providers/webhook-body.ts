/** Reads the body of a webhook call. */
import type { ProviderWebhook, ReportedEvent } from './provider-webhook'

/** A body of 1 MB has fewer events than this; a list of more is no list of events. */
const MAX_EVENTS = 10_000

/** Returns the body as text; undefined if it is not UTF-8. */
export function bodyText(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body)
  } catch {
    return undefined
  }
}

/** Parses JSON; undefined for anything else. */
export function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Returns the JSON of a body; undefined if it is none. */
export const bodyJson = (body: Uint8Array): unknown => parseJson(bodyText(body))

/**
 * Returns the reader of a webhook whose body is one event or a list of them. It returns undefined if there are too many, or if nothing in
 * the body can be read.
 */
export const readItems =
  (read: (item: unknown, now: number) => ReportedEvent[]): ProviderWebhook['read'] =>
  ({ body, now }) => {
    const json = bodyJson(body)
    const items: unknown[] = Array.isArray(json) ? json : [json]
    if (items.length > MAX_EVENTS) return undefined
    const events = items.flatMap((item) => read(item, now))
    return events.length > 0 || (Array.isArray(json) && json.length === 0) ? events : undefined
  }
