/**
 * Speaks Resend's protocol in a separate process: accepts every mail, answers a repeated idempotency key as the first time, and counts
 * distinct keys. Started by `startSink` with an IPC channel.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const idsByKey = new Map<string, string>()

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const key = String(request.headers['idempotency-key'])
    const id = idsByKey.get(key) ?? crypto.randomUUID()
    idsByKey.set(key, id)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id }))
  })
})

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('message', () => process.send?.({ count: idsByKey.size }))
process.on('disconnect', () => process.exit(0))
