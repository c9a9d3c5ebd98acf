/** Responds to calls that fail with problem details (RFC 9457), for the programs that call webhooks. Their texts are English. */
import type { Context } from 'hono'
import type { WebhookEnv } from './webhook-env'

/** The phrase of each status (RFC 9110) and what it means here. */
const PROBLEMS = {
  400: ['Bad Request', 'The body can’t be read.'],
  401: ['Unauthorized', 'The signature or secret is missing or wrong.'],
  404: ['Not Found', 'There is no webhook at this address.'],
  405: ['Method Not Allowed', 'A webhook takes POST alone.'],
  413: ['Content Too Large', 'The body is larger than a megabyte.'],
  422: ['Unprocessable Content', 'Nothing says to which account the mail belongs.'],
  429: ['Too Many Requests', 'Too much came within the hour. Send it again later.'],
  503: ['Service Unavailable', 'It could not be recorded. Send it again later.'],
} as const satisfies Record<number, [string, string]>

export type ProblemStatus = keyof typeof PROBLEMS

/** Returns the response to a call that fails; `code` names the reason where several share a status. */
export function problem(c: Context<WebhookEnv>, status: ProblemStatus, code?: string): Response {
  const [title, detail] = PROBLEMS[status]
  const body = { type: 'about:blank', title, status, detail, ...(code && { code }) }
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
}
