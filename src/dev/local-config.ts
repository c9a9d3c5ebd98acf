/** Reads the ports and the data folder of this machine from the environment. */
import { connect, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { UserError } from './user-error.ts'

export const ROOT = join(import.meta.dirname, '../..')

export interface LocalConfig {
  port: number
  inboxPort: number
  smtpPort: number
  /** Absolute path of D1, R2, the inbox, the Worker's log and the secrets of this machine. */
  stateDir: string
}

/**
 * Reads `PORT`, `INBOX_PORT`, `SMTP_PORT` and `STATE_DIR`, or their defaults. Throws a UserError about an invalid port.
 */
export function readLocalConfig(env: NodeJS.ProcessEnv): LocalConfig {
  return {
    port: readPort(env, 'PORT', 8787),
    inboxPort: readPort(env, 'INBOX_PORT', 1080),
    smtpPort: readPort(env, 'SMTP_PORT', 1025),
    stateDir: resolve(ROOT, env.STATE_DIR || '.wrangler/state'),
  }
}

/** Throws a UserError that names the first port that another program uses, and the variable that changes it. */
export async function requireFreePorts(config: LocalConfig): Promise<void> {
  const ports: [variable: string, port: number][] = [
    ['PORT', config.port],
    ['INBOX_PORT', config.inboxPort],
    ['SMTP_PORT', config.smtpPort],
  ]
  for (const [index, [variable, port]] of ports.entries()) {
    const duplicate = ports.slice(0, index).find(([, other]) => other === port)
    if (duplicate) throw new UserError(`${duplicate[0]} and ${variable} are both ${port}: give each its own.`)
    const problem = await portProblem(port)
    if (problem)
      throw new UserError(`Port ${port} ${problem}: choose another with ${variable}, like ${variable}=${port + 1}.`)
  }
}

export const appUrl = (config: LocalConfig): string => `http://localhost:${config.port}`
export const inboxUrl = (config: LocalConfig): string => `http://localhost:${config.inboxPort}`

function readPort(env: NodeJS.ProcessEnv, variable: string, fallback: number): number {
  const text = env[variable]
  if (!text) return fallback
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535) return Number(text)
  throw new UserError(`${variable} is "${text}", which is not a port (1 to 65535).`)
}

/**
 * Returns why a port can't be used. `localhost` may mean either address, and some systems let two programs listen on
 * the same port of different ones, so both are tried before the port is opened.
 */
async function portProblem(port: number): Promise<string | undefined> {
  if ((await accepts('127.0.0.1', port)) || (await accepts('::1', port))) return 'is in use'
  return new Promise((done) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`),
    )
    server.listen(port, '127.0.0.1', () => server.close(() => done(undefined)))
  })
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 1000 })
    const finish = (yes: boolean) => {
      socket.destroy()
      done(yes)
    }
    socket.once('connect', () => finish(true))
    socket.once('timeout', () => finish(false))
    socket.once('error', () => finish(false))
  })
}
