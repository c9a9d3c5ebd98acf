/**
 * Limits the fields of a posted form before it is parsed, since a megabyte of empty fields becomes hundreds of megabytes of objects.
 * Skips a form that is too small to reach the limit.
 */
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../app-env'

/** Enough for 10,000 documents selected one by one, or for 500 lines of a document. */
export const MAX_FIELDS = 12_000
/** Bytes of the smallest form that reaches the limit: a field takes at least two, as in `a&`. */
const LEAST_BYTES = MAX_FIELDS * 2

export const fieldLimit = (refuse: (c: Context<AppEnv>) => Response | Promise<Response>) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const separator = separatorOf(c.req.header('content-type') ?? '')
    const bytes = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY)
    if (separator && bytes > LEAST_BYTES && (await hasMore(c.req.raw.clone().body, separator))) return refuse(c)
    await next()
  })

/** Returns the separator of fields, as latin1; undefined for a body that is not a form. */
function separatorOf(contentType: string): string | undefined {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return '&'
  const [, quoted, plain] = /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  return boundary && `--${boundary}`
}

async function hasMore(body: ReadableStream<Uint8Array> | null, separator: string): Promise<boolean> {
  if (!body) return false
  const decoder = new TextDecoder('latin1')
  let [count, rest] = [0, '']
  for await (const chunk of body) {
    const text = rest + decoder.decode(chunk, { stream: true })
    for (let at = text.indexOf(separator); at !== -1; at = text.indexOf(separator, at + separator.length)) count += 1
    // Keeps the end of the chunk, which may be the beginning of a separator, but none that is already counted.
    rest = text.slice(Math.max(text.length - separator.length + 1, text.lastIndexOf(separator) + separator.length))
    if (count > MAX_FIELDS) return true
  }
  return false
}
