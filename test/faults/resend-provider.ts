/** Speaks Resend's protocol (https://resend.com/docs/api-reference/emails/send-email), idempotency keys included, and fails. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { TakenMail } from './ledger.ts'
import { isRefused, isToCustomer, type Surroundings, take } from './provider.ts'

interface Call {
  request: IncomingMessage
  response: ServerResponse
  key: string
  body: string
  mail: TakenMail
}

interface Known {
  body: string
  /** Undefined while the first call under the key is under way. */
  id: string | undefined
}

export async function startResend(around: Surroundings): Promise<{ url: string; close(): void }> {
  const keys = new Map<string, Known>()
  const server = createServer((request, response) => {
    around.ledger.underWay += 1
    response.once('close', () => {
      around.ledger.underWay -= 1
    })
    if (around.faults.cutsBeforeBody()) {
      around.ledger.count('resend cut_early')
      request.socket.destroy()
      return
    }
    handle(around, keys, request, response).catch(() => request.socket.destroy())
  })
  server.on('connection', (socket) => socket.on('error', () => {}))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function handle(
  around: Surroundings,
  keys: Map<string, Known>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = await readCall(request, response)
  const { address } = call.mail
  if (!isToCustomer(address)) return answer(response, 200, { id: call.mail.id })
  const { fault, taken, delayMs } = around.faults.next('resend', address)
  if (fault !== 'none') around.ledger.count(`resend ${fault}`)
  if (around.trap.reached('received')) return
  switch (fault) {
    case 'limited':
      return answer(response, 429, error(429, 'rate_limit_exceeded'), { 'retry-after': '2' })
    case 'limited_without_time':
      return answer(response, 429, error(429, 'rate_limit_exceeded'))
    case 'error':
      return answer(response, 500, error(500, 'application_error'))
    case 'garbage':
      if (taken) await accept(around, keys, call)
      response.writeHead(taken ? 200 : 502, { 'content-type': 'text/html' }).end('<h1>Oops</h1>{"id":')
      return
    case 'slow':
      await wait(delayMs)
      break
    case 'cut':
    case 'silent':
      if (taken) await accept(around, keys, call)
      if (fault === 'silent') await new Promise((closed) => response.once('close', closed))
      request.socket.destroy()
      return
  }
  const [status, body] = await accept(around, keys, call)
  if (around.trap.reached('taken')) return
  answer(response, status, body)
  if (fault === 'none') setImmediate(() => around.trap.reached('answered'))
}

type Answer = [status: number, body: object]

/** Takes a mail once for each key; every other call under the key is answered by what the first one was. */
async function accept(around: Surroundings, keys: Map<string, Known>, { key, body, mail }: Call): Promise<Answer> {
  if (isRefused(mail.address)) return [422, error(422, 'validation_error')]
  const known = keys.get(key)
  if (known && known.body !== body) {
    around.ledger.changedBodies += 1
    return [409, error(409, 'invalid_idempotent_request')]
  }
  if (known) return known.id ? [200, { id: known.id }] : [409, error(409, 'concurrent_idempotent_requests')]
  const entry: Known = { body, id: undefined }
  keys.set(key, entry)
  await take(around, mail)
  entry.id = mail.id
  return [200, { id: mail.id }]
}

async function readCall(request: IncomingMessage, response: ServerResponse): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const { to, tags } = JSON.parse(body) as { to: string[]; tags: { name: string; value: string }[] }
  const key = String(request.headers['idempotency-key'] ?? randomUUID())
  const mail: TakenMail = {
    provider: 'resend',
    deliveryId: tags.find(({ name }) => name === 'delivery')?.value ?? '',
    address: to[0] ?? '',
    sender: '',
    id: randomUUID(),
    apiKey: String(request.headers.authorization).replace('Bearer ', ''),
  }
  return { request, response, key, body, mail }
}

const error = (statusCode: number, name: string) => ({ statusCode, name, message: 'As told.' })

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
