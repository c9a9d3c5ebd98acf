/**
 * Counts the fields of a posted form before it is parsed: a megabyte of empty fields becomes hundreds of megabytes of objects. A form
 * too small to hold so many is not looked at.
 */
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../app-env'

/** More than 10,000 documents chosen one by one, or 500 lines of a document. */
export const MAX_FIELDS = 12_000
/** A field takes two bytes at least: `a&`. */
const LEAST_BYTES = MAX_FIELDS * 2

export const fieldLimit = (refuse: (c: Context<AppEnv>) => Response | Promise<Response>) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const separator = separatorOf(c.req.header('content-type') ?? '')
    const bytes = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY)
    if (separator && bytes > LEAST_BYTES && (await hasMore(c.req.raw.clone().body, separator))) return refuse(c)
    await next()
  })

/** What stands between two fields, as latin1; undefined for a body that is no form. */
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
    // A separator may be cut in two by the end of a chunk, and none is counted twice.
    rest = text.slice(Math.max(text.length - separator.length + 1, text.lastIndexOf(separator) + separator.length))
    if (count > MAX_FIELDS) return true
  }
  return false
}
