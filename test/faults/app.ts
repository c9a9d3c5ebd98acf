/** Runs the Worker under `wrangler dev` with its data on disk, and kills its process. */
import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { applyMigrations } from '../../src/dev/apply-migrations.ts'
import { startWrangler } from '../../src/dev/wrangler.ts'
import { freePort } from '../support/free-port.ts'

const START_LIMIT_MS = 120_000
const TICK_PATH = `/cdn-cgi/handler/scheduled?cron=${encodeURIComponent('* * * * *')}`

export interface App {
  url: string
  /** Calls an endpoint of `worker/index.ts`. Repeats it while the Worker is down, so it must do no harm twice. */
  ask<T>(name: string, input?: unknown): Promise<T>
  /** Calls the scheduled handler; a kill may cut the call. */
  tick(): Promise<void>
  /** Reads D1 without the Worker. */
  read<T>(sql: string): T[]
  /** Ends the Worker's process with SIGKILL, at once. */
  kill(): void
  /** Resolves when the process that wrangler starts after a kill responds. */
  untilUp(): Promise<void>
  close(): Promise<void>
}

/** @param variables all that differ from run to run; ports of providers, tokens */
export async function startApp(variables: (url: string) => Record<string, string>): Promise<App> {
  const dir = mkdtempSync(join(tmpdir(), 'facteur-faults-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const envFile = join(dir, 'faults.env')
  mkdirSync('.test', { recursive: true })
  writeFileSync(envFile, envLines({ ...VARIABLES, APP_URL: url, ...variables(url) }))
  await applyMigrations(dir)
  const child = startWrangler([
    ...['dev', 'test/faults/worker/index.ts', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0'],
    ...['--persist-to', dir, '--env-file', envFile, '--minify=false', '--show-interactive-dev-session=false'],
  ])
  const log = createWriteStream('.test/faults.log')
  child.stdout?.pipe(log)
  child.stderr?.pipe(log)
  const ended = new Promise((done) => child.once('close', done))
  // Known beforehand, since looking it up takes longer than a mail.
  let worker = 0
  const untilUp = async () => {
    await untilResponding(url)
    worker = workerProcess(child.pid ?? 0, port)
  }
  await untilUp()
  const database = new DatabaseSync(databaseFile(dir), { readOnly: true })

  return {
    url,
    untilUp,
    ask: <T>(name: string, input: unknown = {}) => ask<T>(`${url}/faults/${name}`, input),
    tick: async () => {
      await fetch(url + TICK_PATH)
        .then((response) => response.text())
        .catch(() => undefined)
    },
    read: <T>(sql: string) => database.prepare(sql).all() as T[],
    kill: () => process.kill(worker, 'SIGKILL'),
    close: async () => {
      database.close()
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await ended
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const VARIABLES = {
  ENVIRONMENT: 'local',
  MAIL_DOMAIN: 'faults.example',
  SIGN_UP: 'open',
  MAIL_PROVIDER: 'smtp',
  SMTP_HOST: '127.0.0.1',
  SMTP_SECURITY: 'none',
  AUTH_SECRET: 'a secret for this run only, thirty-two characters long',
  SECRET_KEYS: 'faults:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
}

const envLines = (variables: Record<string, string>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('')

async function untilResponding(url: string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/healthz`).catch(() => undefined)
    // While its process is down, wrangler answers 5xx itself, without JSON.
    if (response?.headers.get('content-type')?.includes('json')) return
    await wait(50)
  }
  throw new Error('the Worker does not respond: .test/faults.log')
}

async function ask<T>(url: string, input: unknown): Promise<T> {
  const deadline = Date.now() + START_LIMIT_MS
  for (;;) {
    // A kill may cut the call at any point.
    const [status, text] = await fetch(url, { method: 'POST', body: JSON.stringify(input) })
      .then(async (response) => [response.status, await response.text()] as const)
      .catch((error: unknown) => [0, String(error)] as const)
    if (status === 200) return JSON.parse(text) as T
    if (Date.now() > deadline) throw new Error(`${url}: ${status} ${text.slice(0, 1000)}`)
    await wait(100)
  }
}

/** Returns the process that runs the Worker. wrangler has two: the other listens on the app's port and passes requests on. */
function workerProcess(group: number, port: number): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' }).split('\n')
  const ofGroup = rows.filter((row) => new RegExp(`^ *\\d+ +${group} .*workerd serve`).test(row))
  const found = ofGroup.filter((row) => !row.includes(`entry=127.0.0.1:${port} `))
  const [row] = found
  if (row === undefined || found.length > 1) throw new Error(`${found.length} processes run the Worker`)
  return Number.parseInt(row, 10)
}

function databaseFile(dir: string): string {
  const folder = join(dir, 'v3/d1/miniflare-D1DatabaseObject')
  const name = readdirSync(folder).find((file) => /^[0-9a-f]{64}\.sqlite$/.test(file))
  if (!name) throw new Error(`no database in ${folder}`)
  return join(folder, name)
}
