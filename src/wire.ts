/** The only place that builds things: Env -> Deps. */
import { ulid } from 'ulid'
import type { Deps, IdPrefix, LogEntry } from './commands/deps'
import { openDb } from './db/client'
import { type Config, type Env, parseConfig } from './env'
import type { Mailer } from './mail/mailer'

/** What the Worker needs to run, or the names of the variables and secrets it lacks. */
export function wire(env: Env): { deps: Deps } | { wrong: string[] } {
  const parsed = parseConfig(env)
  if ('wrong' in parsed) return parsed
  return { deps: createDeps(env, parsed.config) }
}

export function createDeps(env: Env, config: Config): Deps {
  return {
    config,
    db: openDb(env.DB),
    bucket: env.BUCKET,
    deliverQueue: env.DELIVER_QUEUE,
    eventQueue: env.EVENT_QUEUE,
    mailer: (connection) => createMailer(connection),
    log: writeLog,
    now: () => Date.now(),
    newId: (prefix: IdPrefix) => `${prefix}_${ulid().toLowerCase()}`,
    newToken: () => crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: 'base64url', omitPadding: true }),
    random: () => Math.random(),
  }
}

function createMailer(connection: string): Mailer {
  throw new Error(`no mailer for connection ${connection}`)
}

function writeLog(entry: LogEntry): void {
  console.log(JSON.stringify(entry))
}
