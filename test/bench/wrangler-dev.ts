/** Runs the bench's Worker under `wrangler dev`, whose inspector tells how much JavaScript it executes. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { applyMigrations } from '../../src/dev/apply-migrations.ts'
import { ROOT } from '../../src/dev/local-config.ts'
import { startWrangler } from '../../src/dev/wrangler.ts'
import { freePort } from '../support/free-port.ts'
import { askBench } from './harness.ts'
import { openProfiler, type Profiler } from './profiler.ts'

const START_LIMIT_MS = 120_000

export interface DevWorker {
  /** Returns the JSON response of a bench endpoint. */
  ask<T>(name: string, query?: Record<string, string | number>): Promise<T>
  /** Calls the scheduled handler once. */
  tick(): Promise<void>
  profiler: Profiler
  close(): Promise<void>
}

/**
 * Starts the Worker with an empty database.
 * @param variables its variables and secrets
 */
export async function startDevWorker(variables: Record<string, string>): Promise<DevWorker> {
  const dir = join(ROOT, '.bench/dev')
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const variablesFile = join(dir, 'bench.env')
  writeFileSync(
    variablesFile,
    Object.entries(variables)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
  )
  await applyMigrations(dir)
  const [port, inspectorPort] = [await freePort(), await freePort()]
  const child = startWrangler([
    ...['dev', 'test/bench/worker/index.ts', '--ip', '127.0.0.1', '--port', String(port)],
    ...['--inspector-port', String(inspectorPort), '--persist-to', dir, '--env-file', variablesFile],
    // The profile shows the names of functions.
    ...['--minify=false', '--show-interactive-dev-session=false', '--log-level', 'error'],
  ])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000)
    })
  }
  const closed = new Promise<void>((done) => child.once('close', () => done()))
  const base = `http://127.0.0.1:${port}`
  await untilResponding(base, () => output)
  const profiler = await openProfiler(inspectorPort)
  return {
    ask: (name, query) => askBench((path) => fetch(base + path), name, query),
    async tick() {
      await fetch(`${base}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent('* * * * *')}`)
    },
    profiler,
    async close() {
      profiler.close()
      child.kill('SIGTERM')
      await closed
    },
  }
}

async function untilResponding(base: string, output: () => string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline) {
    if (await fetch(`${base}/healthz`).catch(() => undefined)) return
    await wait(200)
  }
  throw new Error(`the Worker does not respond:\n${output()}`)
}
