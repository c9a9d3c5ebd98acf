/** Makes responses conditional (RFC 9110, section 13). The tag is made of the response itself, so it changes with all that it shows. */
import type { ApiContext } from './api-env'
import { Problem } from './problem'

/** Sets the tag of a JSON response; returns 304 if the caller has it already. */
export async function conditional<T extends object>(c: ApiContext, json: T): Promise<T | Response> {
  const tag = await tagOf(json)
  c.header('ETag', tag)
  const known = c.req.method === 'GET' ? c.req.header('If-None-Match') : undefined
  return known !== undefined && lists(known.replaceAll('W/', ''), tag) ? c.body(null, 304) : json
}

/** Refuses a change of what is not as the caller read it. */
export async function requireMatch(c: ApiContext, json: object): Promise<void> {
  const wanted = c.req.header('If-Match')
  if (wanted !== undefined && !lists(wanted, await tagOf(json))) throw new Problem('precondition_failed')
}

const lists = (header: string, tag: string): boolean =>
  header.trim() === '*' || header.split(',').some((one) => one.trim() === tag)

async function tagOf(json: object): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(json)))
  return `"${new Uint8Array(bytes).slice(0, 16).toHex()}"`
}
