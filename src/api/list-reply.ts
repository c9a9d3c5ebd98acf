import type { ApiContext } from './api-env'

/** Returns a page of a list. The next one is in `next_cursor` and in the header Link (RFC 8288). */
export function listReply<T>(c: ApiContext, data: T[], next: string | undefined) {
  if (next !== undefined) {
    const url = new URL(c.var.deps.config.APP_URL + c.req.path)
    url.search = new URLSearchParams({ ...c.req.query(), cursor: next }).toString()
    c.header('Link', `<${url.href}>; rel="next"`)
  }
  return { data, next_cursor: next ?? null }
}
