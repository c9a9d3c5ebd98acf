import type { ApiContext } from './api-env'

/** Responds with a page of a list. The next one is in `next_cursor` and in the header Link (RFC 8288). */
export function listResponse(c: ApiContext, data: unknown[], next: string | undefined): Response {
  if (next !== undefined) {
    const url = new URL(c.var.deps.config.APP_URL + c.req.path)
    url.search = new URLSearchParams({ ...c.req.query(), cursor: next }).toString()
    c.header('Link', `<${url.href}>; rel="next"`)
  }
  return c.json({ data, next_cursor: next ?? null })
}
