import { createServer } from 'node:net'

/**
 * Returns a free port below the range that systems assign automatically: one of those may be in use again before the
 * app has started.
 */
export function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(freePort()))
    server.listen(port, '127.0.0.1', () => server.close(() => done(port)))
  })
}
