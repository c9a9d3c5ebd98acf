/** Starts workerd with the bench's Worker, built and minified like a deployment, and a mail server. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { createTestHarness } from 'wrangler'
import { ROOT } from '../../src/dev/local-config.ts'
import { runWrangler } from '../../src/dev/wrangler.ts'
import { APP_URL } from './worker/app-url.ts'

export { APP_URL }

const WORKER_DIR = '.bench/worker'

export interface Bench {
  /** Sends a request to the app or to the bench's endpoints; `path` begins with a slash. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Returns the JSON response of a bench endpoint. */
  ask<T>(name: string, query?: Record<string, string | number>): Promise<T>
  /** Calls the scheduled handler once. */
  tick(): Promise<void>
  database(): Promise<D1Database>
  close(): Promise<void>
}

export async function startBench(smtpPort: number): Promise<Bench> {
  Object.assign(process.env, {
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_LOG: 'error',
  })
  await runWrangler('deploy', 'test/bench/worker/index.ts', '--dry-run', '--outdir', WORKER_DIR)
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        configPath: 'wrangler.toml',
        prebuiltWorkerDir: WORKER_DIR,
        vars: { ...VARIABLES, ...SMTP_VARIABLES(smtpPort) },
        secrets: SECRETS,
      },
    ],
  })
  await harness.listen()
  const worker = harness.getWorker<{ DB: D1Database }>()
  await worker.applyD1Migrations('DB')
  const request = (path: string, init?: RequestInit) =>
    harness.fetch(`${APP_URL}${path}`, init as never) as unknown as Promise<Response>
  return {
    fetch: request,
    ask: (name, query) => askBench(request, name, query),
    tick: async () => {
      await worker.scheduled({ cron: '* * * * *', scheduledTime: new Date() })
    },
    database: async () => (await worker.getEnv()).DB,
    close: () => harness.close(),
  }
}

/** Calls a bench endpoint and returns its JSON. */
export async function askBench<T>(
  fetchPath: (path: string) => Promise<Response>,
  name: string,
  query: Record<string, string | number> = {},
): Promise<T> {
  const text = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
  const response = await fetchPath(`/bench/${name}?${text}`)
  if (!response.ok) throw new Error(`${name}: ${response.status} ${(await response.text()).slice(0, 2000)}`)
  return (await response.json()) as T
}

export interface Sink {
  port: number
  /** Distinct mails so far. */
  count(): Promise<number>
  /** Epoch ms of the first mail to an address, null before that. */
  arrivedAt(address: string): Promise<number | null>
  close(): void
}

/** @param script runs as a process of its own */
export async function startSink(script = 'sink.ts'): Promise<Sink> {
  const child = fork(join(import.meta.dirname, script))
  const { port } = await responseOf<{ port: number }>(child)
  const ask = <T>(question: { address?: string }): Promise<T> => {
    const response = responseOf<T>(child)
    child.send(question)
    return response
  }
  return {
    port,
    count: async () => (await ask<{ count: number }>({})).count,
    arrivedAt: async (address) => (await ask<{ at: number | null }>({ address })).at,
    close: () => child.disconnect(),
  }
}

const responseOf = <T>(child: ChildProcess): Promise<T> =>
  new Promise((done) => child.once('message', (message) => done(message as T)))

export const SMTP_VARIABLES = (port: number) => ({
  MAIL_PROVIDER: 'smtp',
  SMTP_HOST: '127.0.0.1',
  SMTP_PORT: String(port),
  SMTP_SECURITY: 'none',
})

const VARIABLES = { ENVIRONMENT: 'local', APP_URL, MAIL_DOMAIN: 'bench.example' }

const SECRETS = {
  AUTH_SECRET: 'a secret for the bench only, thirty-two characters long',
  SECRET_KEYS: 'bench:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
}

export const COMMON_VARIABLES = { ...VARIABLES, ...SECRETS }
