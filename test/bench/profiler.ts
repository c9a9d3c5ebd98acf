/** Profiles the JavaScript of the Worker's own isolate over the Chrome DevTools protocol. D1, R2 and the queues run in others. */

/** Microseconds between two samples. */
const INTERVAL_US = 500

/** Nodes that are no JavaScript of the Worker. */
const NOT_WORK = ['(root)', '(idle)']

export interface Profile {
  nodes: { id: number; callFrame: { functionName: string } }[]
  /** Node of each sample. */
  samples: number[]
  /** Microseconds since the sample before. */
  timeDeltas: number[]
}

export interface Profiler {
  start(): Promise<void>
  stop(): Promise<Profile>
  close(): void
}

/** Connects to the inspector of `wrangler dev`. It refuses connections without a user agent and an origin on this machine. */
export async function openProfiler(port: number): Promise<Profiler> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, {
    headers: { 'user-agent': 'bench', origin: 'http://localhost' },
  } as never)
  await new Promise<void>((open, fail) => {
    socket.addEventListener('open', () => open())
    socket.addEventListener('error', () => fail(new Error('the inspector does not respond')))
  })
  const waiting = new Map<number, (message: { result?: { profile?: Profile } }) => void>()
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data))
    waiting.get(message.id)?.(message)
    waiting.delete(message.id)
  })
  let last = 0
  const call = (method: string, params: object = {}) =>
    new Promise<{ result?: { profile?: Profile } }>((done) => {
      waiting.set(++last, done)
      socket.send(JSON.stringify({ id: last, method, params }))
    })
  await call('Profiler.enable')
  await call('Profiler.setSamplingInterval', { interval: INTERVAL_US })
  return {
    async start() {
      await call('Profiler.start')
    },
    async stop() {
      const profile = (await call('Profiler.stop')).result?.profile
      if (!profile) throw new Error('the inspector returned no profile')
      return profile
    },
    close: () => socket.close(),
  }
}

/** Returns how long the isolate executed JavaScript, garbage collection included, in milliseconds. */
export function cpuMs({ nodes, samples, timeDeltas }: Profile): number {
  const work = new Set(nodes.filter(({ callFrame }) => !NOT_WORK.includes(callFrame.functionName)).map(({ id }) => id))
  let us = 0
  // A delta is the time before its sample.
  for (const [index, node] of samples.entries()) if (work.has(node)) us += timeDeltas[index] ?? 0
  return us / 1000
}
