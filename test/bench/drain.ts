/**
 * Measures how fast queued sends leave, from the tick until the provider has the last mail, and how much JavaScript the Worker executes for
 * each: over SMTP, and over HTTP as Resend is called. Writes each profile to `.bench/drain-<protocol>.cpuprofile`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ROOT } from '../../src/dev/local-config.ts'
import { requireTime } from './deadline.ts'
import { COMMON_VARIABLES, type Sink, SMTP_VARIABLES, startSink } from './harness.ts'
import { cpuMs } from './profiler.ts'
import { type DevWorker, startDevWorker } from './wrangler-dev.ts'

const SENDS = 2000
/** Sends that leave first, so that code is compiled before it is timed, as in a running isolate. */
const WARM_UP = 200
const LIMIT_MS = 240_000

export interface ByProtocol {
  smtp: number
  http: number
}

export interface Drain {
  drain_per_second: ByProtocol
  cpu_ms_per_send: ByProtocol
}

export async function measureDrain(): Promise<Drain> {
  const smtp = await drainInto('smtp', 'sink.ts', SMTP_VARIABLES)
  const http = await drainInto('http', 'resend-sink.ts', (port) => ({
    MAIL_PROVIDER: 'resend',
    MAIL_API_KEY: 're_bench',
    PROVIDER_URLS: JSON.stringify({ resend: `http://127.0.0.1:${port}` }),
    // The sink takes what comes; Resend's own rate would be measured otherwise.
    PROVIDER_RATES: JSON.stringify({ resend: 1000 }),
  }))
  return {
    drain_per_second: { smtp: smtp.perSecond, http: http.perSecond },
    cpu_ms_per_send: { smtp: smtp.cpuMsEach, http: http.cpuMsEach },
  }
}

async function drainInto(
  protocol: keyof ByProtocol,
  script: string,
  variables: (port: number) => Record<string, string>,
): Promise<{ perSecond: number; cpuMsEach: number }> {
  const sink = await startSink(script)
  const worker = await startDevWorker({ ...COMMON_VARIABLES, ...variables(sink.port) })
  try {
    await queue(worker, WARM_UP)
    await drain(worker, sink, WARM_UP)
    await queue(worker, SENDS)
    await worker.profiler.start()
    const seconds = await drain(worker, sink, SENDS)
    const profile = await worker.profiler.stop()
    writeFileSync(join(ROOT, `.bench/drain-${protocol}.cpuprofile`), JSON.stringify(profile))
    return { perSecond: SENDS / seconds, cpuMsEach: cpuMs(profile) / SENDS }
  } finally {
    await worker.close()
    sink.close()
  }
}

/** Queues `count` sends of a new account. */
async function queue({ ask }: DevWorker, count: number): Promise<void> {
  const email = `owner-of-${count}@bench.example`
  const { accountId: account } = await ask<{ accountId: string }>('account', { email })
  await ask('documents', { account, count })
  await ask('sends', { account, count })
}

/** Returns how many seconds `count` queued sends take to leave. */
async function drain({ tick }: DevWorker, sink: Sink, count: number): Promise<number> {
  const before = await sink.count()
  const start = performance.now()
  const ticking = tick()
  while ((await sink.count()) - before < count) {
    requireTime(start, LIMIT_MS, `only ${(await sink.count()) - before} of ${count} mails arrived`)
    await wait(10)
  }
  const seconds = (performance.now() - start) / 1000
  await ticking
  return seconds
}
