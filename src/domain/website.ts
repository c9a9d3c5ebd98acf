import { ok, type Result, refuse } from './result'

/** Parses the address of a page on the public web; `example.org` is read as https. */
export function parseWebsite(typed: string): Result<string, 'website_invalid'> {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`)
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname.includes('.') || url.username)
    return refuse('website_invalid')
  return ok(url.pathname === '/' && !url.search && !url.hash ? url.origin : url.href)
}
