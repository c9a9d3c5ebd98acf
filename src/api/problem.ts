/** Responds to errors with problem details (RFC 9457). Their texts are English, like the names of fields. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { errorEntry } from '../commands/error-entry'
import type { ApiEnv } from './api-env'

/** Status and title of each error. The type of a problem is the address of its description. */
export const PROBLEMS = {
  body_malformed: [400, 'The body is not valid JSON.'],
  idempotency_key_invalid: [400, 'An Idempotency-Key has 1 to 255 printable ASCII characters.'],
  key_missing: [401, 'The request has no API key.'],
  key_unknown: [401, 'The API key is unknown or revoked.'],
  scope_missing: [403, 'The API key lacks the scope that this takes.'],
  account_closing: [403, 'The account is being closed and can only be read.'],
  not_found: [404, 'There is no such thing in this account.'],
  method_not_allowed: [405, 'This address does not have this method.'],
  conflict: [409, 'The state of what is stored does not allow this.'],
  request_in_progress: [409, 'A request with this Idempotency-Key is in progress.'],
  idempotency_key_reused: [409, 'This Idempotency-Key was used for another request.'],
  precondition_failed: [412, 'It was changed since you read it.'],
  body_too_large: [413, 'The body is too large.'],
  media_type_wrong: [415, 'The body has another media type than this takes.'],
  invalid: [422, 'Some of what was sent is not valid.'],
  rate_limited: [429, 'The API key was used too often.'],
  internal: [500, 'Something went wrong. It was logged.'],
} as const satisfies Record<string, [number, string]>

export type ProblemCode = keyof typeof PROBLEMS

export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[]

/** One thing that is wrong: a field of the body by its JSON Pointer (RFC 6901), or a query parameter by its name. */
export interface FieldError {
  pointer?: string
  parameter?: string
  code: string
  detail: string
}

interface Occurrence {
  detail?: string
  /** What refused it, where `code` is a general one: `already_final`. */
  reason?: string
  errors?: FieldError[]
  headers?: Record<string, string>
}

/** An error that the API responds with. Handlers and middleware throw it. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly occurrence: Occurrence

  constructor(code: ProblemCode, occurrence: Occurrence = {}) {
    super(code)
    this.code = code
    this.occurrence = occurrence
  }
}

/** Maps exceptions to responses. Logs those that nobody expected. */
export function handleProblem(error: Error, c: Context<ApiEnv>): Response {
  if (error instanceof Problem) return problemResponse(c, error)
  if (error instanceof HTTPException && error.status < 500) return problemResponse(c, new Problem('body_malformed'))
  c.var.deps.log({ ...errorEntry(error), request: c.var.requestId })
  return problemResponse(c, new Problem('internal'))
}

function problemResponse(c: Context<ApiEnv>, { code, occurrence }: Problem): Response {
  const { detail, reason, errors, headers = {} } = occurrence
  const [status, title] = PROBLEMS[code]
  const body = {
    type: `${c.var.deps.config.APP_URL}/docs/errors#${code}`,
    ...{ title, status },
    ...(detail && { detail }),
    code: reason ?? code,
    ...(errors && { errors }),
    request_id: c.var.requestId,
  }
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, {
    ...headers,
    'Content-Type': 'application/problem+json',
  })
}
