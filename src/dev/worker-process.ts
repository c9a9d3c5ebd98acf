/** The Worker on this machine: workerd under `wrangler dev`, its words in a log file, and on the terminal only what went wrong. */
import type { ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isEnding } from './children.ts'
import { Complaint } from './complaint.ts'
import type { Place } from './place.ts'
import { startWrangler } from './wrangler.ts'

const START_LIMIT_MS = 120_000
const TAIL_LINES = 20
/** Our ticker sees to that. */
const NO_CRON_WARNING = 'Scheduled Workers are not automatically triggered'

export interface WorkerProcess {
  /** Rejects with a Complaint when the process ends by itself. Never resolves. */
  crashed: Promise<never>
}

/** Resolves once the Worker answers. Throws a Complaint with its last words when it does not come up. */
export async function startWorker(place: Place, variablesFile: string): Promise<WorkerProcess> {
  const child = startWrangler([
    'dev',
    'src/dev/worker.ts',
    ...['--ip', '127.0.0.1', '--port', String(place.port), '--inspector-port', '0'],
    ...['--persist-to', place.stateDir, '--env-file', variablesFile, '--minify=false'],
    ...['--show-interactive-dev-session=false', '--log-level', 'log'],
  ])
  const log = keepLog(child, join(place.stateDir, 'worker.log'))
  const crashed = new Promise<never>((_, fail) => {
    child.once('error', fail)
    child.once('close', (code, signal) => {
      if (!isEnding())
        fail(new Complaint(`The Worker ended (${signal ?? `code ${code}`}). Its last words:\n${log.tail()}`))
    })
  })
  await Promise.race([crashed, untilResponding(place, log.tail)])
  return { crashed }
}

async function untilResponding(place: Place, tail: () => string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${place.port}/healthz`).catch(() => undefined)
    if (answer) return
    await wait(200)
  }
  throw new Complaint(`The Worker did not answer within ${START_LIMIT_MS / 1000} s. Its last words:\n${tail()}`)
}

/** Everything goes into the file; what the Worker says on stderr and its uncaught errors are shown too. */
function keepLog(child: ChildProcess, path: string) {
  const file = createWriteStream(path)
  let last: string[] = []
  const keep = (chunk: Buffer, isTrouble: (text: string) => boolean) => {
    file.write(chunk)
    const text = chunk.toString()
    last = [...last, ...text.split('\n').filter((line) => line.trim())].slice(-TAIL_LINES)
    if (isTrouble(text)) process.stderr.write(chunk)
  }
  child.stdout?.on('data', (chunk) => keep(chunk, (text) => text.includes('[wrangler:error]')))
  child.stderr?.on('data', (chunk) => keep(chunk, (text) => !text.includes(NO_CRON_WARNING)))
  return { tail: () => last.join('\n') }
}
