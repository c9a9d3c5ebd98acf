/** Where things are on this machine: ports and the folder of the data, from the environment. */
import { connect, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { Complaint } from './complaint.ts'

export const ROOT = join(import.meta.dirname, '../..')

export interface Place {
  port: number
  inboxPort: number
  smtpPort: number
  /** Absolute. D1, R2, the inbox, the log of the Worker and the secrets of this machine live here. */
  stateDir: string
}

/** `PORT`, `INBOX_PORT`, `SMTP_PORT` and `STATE_DIR`, or what they are when nobody says. Throws a Complaint about a port that is none. */
export function readPlace(env: NodeJS.ProcessEnv): Place {
  return {
    port: readPort(env, 'PORT', 8787),
    inboxPort: readPort(env, 'INBOX_PORT', 1080),
    smtpPort: readPort(env, 'SMTP_PORT', 1025),
    stateDir: resolve(ROOT, env.STATE_DIR || '.wrangler/state'),
  }
}

/** Throws a Complaint that names the first port somebody else already answers on, and the variable that moves it. */
export async function requireFreePorts(place: Place): Promise<void> {
  const wanted: [variable: string, port: number][] = [
    ['PORT', place.port],
    ['INBOX_PORT', place.inboxPort],
    ['SMTP_PORT', place.smtpPort],
  ]
  for (const [index, [variable, port]] of wanted.entries()) {
    const twin = wanted.slice(0, index).find(([, other]) => other === port)
    if (twin) throw new Complaint(`${twin[0]} and ${variable} are both ${port}: give each its own.`)
    const trouble = await portTrouble(port)
    if (trouble)
      throw new Complaint(`Port ${port} ${trouble}: choose another with ${variable}, like ${variable}=${port + 1}.`)
  }
}

export const appUrl = (place: Place): string => `http://localhost:${place.port}`
export const inboxUrl = (place: Place): string => `http://localhost:${place.inboxPort}`

function readPort(env: NodeJS.ProcessEnv, variable: string, fallback: number): number {
  const text = env[variable]
  if (!text) return fallback
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535) return Number(text)
  throw new Complaint(`${variable} is "${text}", which is not a port (1 to 65535).`)
}

/** Browsers take `localhost` for either address, and some systems let two programs listen on one port of different ones: so ask both, then try. */
async function portTrouble(port: number): Promise<string | undefined> {
  if ((await answers('127.0.0.1', port)) || (await answers('::1', port))) return 'is in use'
  return new Promise((done) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`),
    )
    server.listen(port, '127.0.0.1', () => server.close(() => done(undefined)))
  })
}

function answers(host: string, port: number): Promise<boolean> {
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
