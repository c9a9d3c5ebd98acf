/** Makes one call to a provider's API and reports exactly how far it came. */
import { PROVIDER_TIMEOUT_MS } from '../domain/timing'

export interface HttpCall {
  url: string
  headers: Record<string, string>
  body: Uint8Array
}

export interface HttpAnswer {
  type: 'answered'
  status: number
  headers: Headers
  /** At most 64 KB; what could be read when the answer broke off. */
  body: string
}

export type HttpResult =
  | HttpAnswer
  /** The provider can't have received the whole request. */
  | { type: 'unreachable'; text: string }
  /** The request left, and no answer came. */
  | { type: 'lost'; text: string }

export interface HttpOptions {
  fetch?: typeof fetch
  timeoutMs?: number
}

/**
 * Sends a POST. Redirects are not followed, since they would carry credentials elsewhere. Never throws.
 *
 * workerd reports a refused connection and one that was cut after the request by the same error. So the last byte of the body is held back
 * until all before it was written: until it was taken, the provider can't have a complete request.
 */
export async function callProvider(call: HttpCall, options: HttpOptions = {}): Promise<HttpResult> {
  const send: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init))
  const signal = AbortSignal.timeout(options.timeoutMs ?? PROVIDER_TIMEOUT_MS)
  const body = heldBackBody(call.body)
  try {
    const headers = { 'user-agent': 'Facteur', ...call.headers }
    const init: RequestInit = { method: 'POST', headers, body: body.readable, redirect: 'manual', signal }
    const response = await send(call.url, init)
    const { status } = response
    return { type: 'answered', status, headers: response.headers, body: await readStart(response, signal) }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    // Lets a write end that was done before the connection broke.
    await new Promise((resolve) => setTimeout(resolve))
    return { type: body.isSent() ? 'lost' : 'unreachable', text }
  }
}

/** Adds blanks to a body that workerd would read as a whole before it has a connection; JSON and forms may end with blanks. */
export const padded = (body: string): string => body + ' '.repeat(Math.max(0, MIN_BODY_BYTES - body.length))

/** workerd reads 16 KiB ahead. */
const MIN_BODY_BYTES = 16 * 1024 + 2

function heldBackBody(bytes: Uint8Array): { readable: ReadableStream; isSent(): boolean } {
  const { readable, writable } = new FixedLengthStream(bytes.length)
  const writer = writable.getWriter()
  let sent = false
  const write = async () => {
    await writer.write(bytes.subarray(0, -1))
    await writer.write(bytes.subarray(-1))
    sent = true
    await writer.close()
  }
  // A provider may answer before it has read everything. What became of the call is known from its answer.
  write().catch(() => {})
  return { readable, isSent: () => sent }
}

const MAX_ANSWER_BYTES = 64 * 1024

/** Returns the beginning of a body. A body that breaks off or does not end in time counts as far as it came. */
export async function readStart(response: Response, signal: AbortSignal): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  const late = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  let text = ''
  let bytes = 0
  try {
    while (bytes < MAX_ANSWER_BYTES) {
      const chunk = await Promise.race([reader.read(), late])
      if (!chunk || chunk.done) break
      const value = chunk.value.subarray(0, MAX_ANSWER_BYTES - bytes)
      bytes += value.length
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // The status has arrived, which says most.
  }
  reader.cancel().catch(() => {})
  return text
}
