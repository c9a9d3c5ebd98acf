/** Starts Facteur as a person does, on free ports and in a separate folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../../src/dev/local-config.ts'
import { freePort } from '../../support/free-port.ts'

const START_LIMIT_MS = 180_000
const NPM_BIN = join(ROOT, 'node_modules/.bin')

export interface Home {
  env: NodeJS.ProcessEnv
  stateDir: string
  appUrl: string
  inboxUrl: string
  remove(): void
}

export interface Running {
  /** Everything printed so far. */
  output(): string
  signInLink: string
  /** Signals the whole process group, as Ctrl-C does. Resolves when npm has ended. */
  pressCtrlC(): Promise<void>
}

/** Chooses free ports and makes an empty folder. */
export async function newHome(): Promise<Home> {
  const [port, inboxPort, smtpPort] = await Promise.all([freePort(), freePort(), freePort()])
  const stateDir = mkdtempSync(join(tmpdir(), 'facteur-'))
  return {
    env: {
      ...process.env,
      PATH: `${NPM_BIN}:${process.env.PATH}`,
      PORT: String(port),
      INBOX_PORT: String(inboxPort),
      SMTP_PORT: String(smtpPort),
      STATE_DIR: stateDir,
    },
    stateDir,
    appUrl: `http://localhost:${port}`,
    inboxUrl: `http://localhost:${inboxPort}`,
    remove: () => rmSync(stateDir, { recursive: true, force: true }),
  }
}

/** Runs `npm start` and returns once it has printed the sign-in link. */
export async function startFacteur(home: Home): Promise<Running> {
  const { child, output, ended } = spawnNpm(home, ['start'])
  await Promise.race([
    until(() => output().includes('Ctrl-C ends everything'), START_LIMIT_MS),
    ended.then((code) => {
      throw new Error(`npm start ended (${code}):\n${output()}`)
    }),
  ])
  return {
    output,
    signInLink: /http:\/\/\S+\/sign-in\/links\/\S+/.exec(output())?.[0] ?? '',
    pressCtrlC: async () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGINT')
      await ended
    },
  }
}

/** Runs another command of package.json to its end. */
export async function runNpm(home: Home, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const { output, ended } = spawnNpm(home, args)
  return { code: await ended, output: output() }
}

function spawnNpm(home: Home, args: string[]) {
  const child: ChildProcess = spawn('npm', args, {
    cwd: ROOT,
    env: home.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += chunk
    })
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  return { child, output: () => text, ended }
}

export async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${limitMs / 1000} s: ${condition}`)
    await new Promise((done) => setTimeout(done, 200))
  }
}
