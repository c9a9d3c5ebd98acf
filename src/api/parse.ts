/** Reads bodies and queries by their schemas. Names all that is wrong at once; unknown fields are refused. */
import * as v from 'valibot'
import type { ApiContext } from './api-env'
import { type FieldError, Problem } from './problem'
import { invalid, refusalDetail } from './refusal'

/** Reads a JSON body. */
export async function readBody(c: ApiContext, schema: v.GenericSchema): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? ''))
    throw new Problem('media_type_wrong', { detail: 'Send application/json.', headers: { Accept: 'application/json' } })
  return readJson(await c.req.text(), schema)
}

/** Reads JSON by a schema. */
export function readJson<S extends v.GenericSchema>(text: string, schema: S): v.InferOutput<S> {
  const parsed = v.safeParse(schema, parseJson(text))
  if (parsed.success) return parsed.output
  throw invalid(parsed.issues.map((issue) => ({ pointer: pointerOf(issue), ...wrongWith(issue) })))
}

const NO_QUERY = v.strictObject({})

/** Reads the query of a request; without a schema, every parameter is refused. */
export function readQuery(c: ApiContext, schema: v.GenericSchema = NO_QUERY): unknown {
  const parsed = v.safeParse(schema, c.req.query())
  if (parsed.success) return parsed.output
  throw invalid(parsed.issues.map((issue) => ({ parameter: v.getDotPath(issue) ?? '', ...wrongWith(issue) })))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('body_malformed')
  }
}

/** Returns the JSON Pointer (RFC 6901) of what an issue is about; '' for the body as a whole. */
const pointerOf = ({ path }: v.BaseIssue<unknown>): string => pointer((path ?? []).map(({ key }) => String(key)))

export const pointer = (steps: readonly string[]): string =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Messages of our own are the reasons of refusals; the others are valibot's. */
function wrongWith({
  type,
  message,
  expected,
  requirement,
}: v.BaseIssue<unknown>): Pick<FieldError, 'code' | 'detail'> {
  if (type === 'strict_object' && expected === 'never') return { code: 'unknown_field', detail: 'Unknown field.' }
  if (/^Invalid key: Expected "/.test(message)) return { code: 'missing', detail: 'This field is required.' }
  if (/^[a-z][a-z_]+$/.test(message)) {
    const details = typeof requirement === 'number' ? { max: requirement } : undefined
    return { code: message, detail: refusalDetail({ ok: false, reason: message, ...(details && { details }) }) }
  }
  return { code: 'invalid', detail: message }
}
