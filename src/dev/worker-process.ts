/**
 * Runs the Worker on this machine: workerd under `wrangler dev`, its output in a log file, and only errors on the
 * terminal.
 */
import type { ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isEnding } from './children.ts'
import type { LocalConfig } from './local-config.ts'
import { UserError } from './user-error.ts'
import { startWrangler } from './wrangler.ts'

const START_LIMIT_MS = 120_000
const TAIL_LINES = 20
/** Warning that is not shown, since `ticker.ts` triggers the scheduled handler. */
const NO_CRON_WARNING = 'Scheduled Workers are not automatically triggered'

export interface WorkerProcess {
  /** Rejects with a UserError when the process ends without being asked to. Never resolves. */
  crashed: Promise<never>
}

/** Resolves once the Worker responds. Throws a UserError with its last output when it does not start. */
export async function startWorker(config: LocalConfig, variablesFile: string): Promise<WorkerProcess> {
  const child = startWrangler([
    'dev',
    'src/dev/worker.ts',
    ...['--ip', '127.0.0.1', '--port', String(config.port), '--inspector-port', '0'],
    ...['--persist-to', config.stateDir, '--env-file', variablesFile, '--minify=false'],
    ...['--show-interactive-dev-session=false', '--log-level', 'log'],
  ])
  const log = logOutput(child, join(config.stateDir, 'worker.log'))
  const crashed = new Promise<never>((_, fail) => {
    child.once('error', fail)
    child.once('close', (code, signal) => {
      if (!isEnding())
        fail(new UserError(`The Worker ended (${signal ?? `code ${code}`}). Its last output:\n${log.tail()}`))
    })
  })
  await Promise.race([crashed, untilResponding(config, log.tail)])
  return { crashed }
}

async function untilResponding(config: LocalConfig, tail: () => string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${config.port}/healthz`).catch(() => undefined)
    if (response) return
    await wait(200)
  }
  throw new UserError(`The Worker did not answer within ${START_LIMIT_MS / 1000} s. Its last output:\n${tail()}`)
}

/** Writes all output to the file, and shows stderr and uncaught errors on the terminal too. */
function logOutput(child: ChildProcess, path: string) {
  const file = createWriteStream(path)
  let last: string[] = []
  const write = (chunk: Buffer, isShown: (text: string) => boolean) => {
    file.write(chunk)
    const text = chunk.toString()
    last = [...last, ...text.split('\n').filter((line) => line.trim())].slice(-TAIL_LINES)
    if (isShown(text)) process.stderr.write(chunk)
  }
  child.stdout?.on('data', (chunk) => write(chunk, (text) => text.includes('[wrangler:error]')))
  child.stderr?.on('data', (chunk) => write(chunk, (text) => !text.includes(NO_CRON_WARNING)))
  return { tail: () => last.join('\n') }
}
