/** Responds to errors with problem details (RFC 9457). Their texts are English, like the names of fields. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { errorEntry } from '../commands/error-entry'
import type { ApiEnv } from './api-env'
import { PROBLEMS, type ProblemCode } from './problem-codes'

/** One thing that is wrong: a field of the body by its JSON Pointer (RFC 6901), or a query parameter by its name. */
export interface FieldError {
  pointer?: string
  parameter?: string
  code: string
  detail: string
  /** Where in a text it is; both count from 1. */
  line?: number
  column?: number
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
