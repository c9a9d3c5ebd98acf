/**
 * Providers' APIs over HTTP, as far as mails are sent through them. A test takes a run of its own (`/as/<run>/…` is its base URL), says by
 * `PUT /scripts/<run>` how its next calls go, and reads from `GET /requests/<run>` what was called. Calls beyond the script are accepted as
 * each provider does, Resend's keys included.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** http://127.0.0.1:… */
    providerUrl: string
  }
}

export type Step =
  | { status: number; headers?: Record<string, string>; body?: string }
  /** The connection ends after the request, or within the answer. */
  | { cut: 'after' | 'within' }
  /** Nothing is ever answered. */
  | { silent: true }
  /** The head of a 200 comes, and its body never ends. */
  | { endless: true }

export interface RecordedRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string
}

interface Run {
  steps: Step[]
  requests: RecordedRequest[]
  /** Body and id by idempotency key. */
  keys: Map<string, { body: string; id: string }>
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runs = new Map<string, Run>()
  const runOf = (id: string): Run => {
    const run = runs.get(id) ?? { steps: [], requests: [], keys: new Map() }
    runs.set(id, run)
    return run
  }
  const server = createServer(async (request, response) => {
    const [, what = '', id = '', path = ''] = /^\/(\w+)\/([\w-]+)(\/.*)?$/.exec(request.url ?? '') ?? []
    const run = runOf(id)
    if (what === 'requests') send(response, 200, request.method === 'DELETE' ? run.requests.splice(0) : run.requests)
    else if (what === 'scripts') {
      run.steps = JSON.parse(await textOf(request))
      send(response, 200, {})
    } else await answer(run, path, request, response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  project.provide('providerUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(() => closed()))
  }
}

async function answer(run: Run, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const step = run.steps.shift()
  const body = await textOf(request)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  run.requests.push({ method: request.method ?? '', path, headers, body })
  if (!step) accept(run, path, headers, body, response)
  else if ('silent' in step) return
  else if ('endless' in step) drip(response)
  else if ('status' in step) response.writeHead(step.status, step.headers).end(step.body ?? '')
  else if (step.cut === 'after') request.socket.destroy()
  else {
    response.writeHead(200, { 'content-length': '1000' }).write('{"id":')
    setTimeout(() => request.socket.destroy(), 20)
  }
}

/** Writes on and on. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write('x'.repeat(4096)), 5)
  response.on('close', () => clearInterval(timer))
}

/** Answers as the provider does that has this path. */
function accept(run: Run, path: string, headers: Record<string, string>, body: string, response: ServerResponse): void {
  const id = `id-${run.requests.length}`
  if (path === '/emails') acceptOnce(run, headers['idempotency-key'] ?? id, id, body, response)
  else if (path === '/email') send(response, 200, postmarkItem(id))
  else if (path === '/email/batch') send(response, 200, postmarkItems(id, JSON.parse(body)))
  else if (path === '/v3/mail/send') response.writeHead(202, { 'x-message-id': id }).end()
  else if (path.endsWith('/messages.mime')) send(response, 200, { id: `<${id}@mg.example>`, message: 'Queued.' })
  else if (path === '/v2/email/outbound-emails') send(response, 200, { MessageId: id })
  else if (path === '/v3/smtp/email') send(response, 201, { messageId: `<${id}@smtp-relay.example>` })
  else send(response, 404, { message: 'no such path' })
}

/** Resend's idempotency: the same call is answered as before, another one under the same key is refused. */
function acceptOnce(run: Run, key: string, id: string, body: string, response: ServerResponse): void {
  const known = run.keys.get(key) ?? { body, id }
  run.keys.set(key, known)
  if (known.body === body) send(response, 200, { id: known.id })
  else send(response, 409, { statusCode: 409, name: 'invalid_idempotent_request', message: 'Same key, other payload.' })
}

const postmarkItems = (id: string, mails: unknown[]) => mails.map((_, index) => postmarkItem(`${id}-${index}`))

const postmarkItem = (id: string) => ({
  ErrorCode: 0,
  Message: 'OK',
  MessageID: id,
  SubmittedAt: '2026-11-24T10:00:00Z',
})

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
