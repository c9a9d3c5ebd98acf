/**
 * A program that receives events. `POST /as/<name>` is answered as `PUT /as/<name>` said before (200 at first) and kept; `GET /as/<name>`
 * returns what came.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** http://127.0.0.1:… */
    receiverUrl: string
  }
}

export interface ReceivedCall {
  headers: Record<string, string>
  body: string
}

/** Answers of the next calls; the last one is repeated. */
export interface ReceiverPlan {
  statuses: number[]
  body?: string
  location?: string
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const plans = new Map<string, ReceiverPlan>()
  const received = new Map<string, ReceivedCall[]>()
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    const body = await textOf(request)
    if (request.method === 'PUT') {
      plans.set(path, JSON.parse(body))
      response.end()
    } else if (request.method === 'GET') response.end(JSON.stringify(received.get(path) ?? []))
    else {
      const calls = received.get(path) ?? []
      received.set(path, [...calls, { headers: request.headers as Record<string, string>, body }])
      const { statuses, body: answer = 'thanks', location } = plans.get(path) ?? { statuses: [200] }
      const status = statuses[Math.min(calls.length, statuses.length - 1)] ?? 200
      response.writeHead(status, location ? { location } : {}).end(answer)
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  project.provide('receiverUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(() => closed()))
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
