/** Calls the API of the deployment that a connection names, and reports a refusal in a sentence for the person who made the Zap. */
import * as v from 'valibot'
import type { HttpRequestOptions, HttpResponse, ZObject } from 'zapier-platform-core'

/** What a person filled in to connect an account. */
export interface Connection {
  authData: { [field: string]: string }
}

export interface Call {
  method?: 'GET' | 'POST' | 'DELETE'
  query?: Record<string, string>
  body?: object
}

const ProblemJson = v.object({
  code: v.string(),
  title: v.string(),
  detail: v.optional(v.string()),
  errors: v.optional(
    v.array(v.object({ pointer: v.optional(v.string()), parameter: v.optional(v.string()), detail: v.string() })),
    [],
  ),
})

/** Returns the JSON of a response. Throws what the API refuses as an error of Zapier's. */
export async function call<T>(z: ZObject, connection: Connection, path: string, options: Call = {}): Promise<T> {
  const response = await request<T>(z, connection, path, options)
  if (response.status >= 400) throw refusal(z, response)
  return response.data
}

/** Sends a request, and returns its response whatever its status is. */
export function request<T>(
  z: ZObject,
  { authData }: Connection,
  path: string,
  { method = 'GET', query = {}, body }: Call,
): Promise<HttpResponse<T>> {
  const options: HttpRequestOptions = {
    method,
    params: query,
    headers: { Authorization: `Bearer ${authData.api_key ?? ''}`, Accept: 'application/json' },
    skipThrowForStatus: true,
    ...(body && { json: body }),
  }
  return z.request<T>(`${deploymentOf(z, authData.url ?? '')}/api/v1${path}`, options)
}

/** Returns an error with the sentence that the API refused a request with. */
export function refusal(z: ZObject, response: HttpResponse<unknown>): Error {
  const parsed = v.safeParse(ProblemJson, response.data)
  const message = parsed.success ? sentence(parsed.output) : `Facteur responded with status ${response.status}.`
  if (response.status === 401) return new z.errors.ExpiredAuthError(message)
  if (response.status === 429) return new z.errors.ThrottledError(message, secondsToWait(response))
  return new z.errors.Error(message, parsed.success ? parsed.output.code : 'unexpected', response.status)
}

/** Returns the code of a refusal; undefined if the body is no problem details. */
export function refusalCode(response: HttpResponse<unknown>): string | undefined {
  const parsed = v.safeParse(ProblemJson, response.data)
  return parsed.success ? parsed.output.code : undefined
}

function sentence({ title, detail, errors }: v.InferOutput<typeof ProblemJson>): string {
  const fields = errors.map(({ pointer, parameter, detail: why }) => `${pointer?.slice(1) ?? parameter ?? ''}: ${why}`)
  return [detail ?? title, ...fields].join('\n')
}

function secondsToWait(response: HttpResponse<unknown>): number {
  const seconds = Number(response.getHeader('retry-after'))
  return seconds > 0 ? seconds : 60
}

/** Returns the origin of the address that a person typed. The key goes nowhere in clear text, except on this machine. */
function deploymentOf(z: ZObject, typed: string): string {
  const url = URL.parse(typed.includes('://') ? typed : `https://${typed}`)
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost')
  if (!url || !isSafe)
    throw new z.errors.Error('The address must be that of Facteur, such as https://facteur.example.org.', 'url', 400)
  return url.origin
}
