/** Builds the dependencies of all commands from the bindings. No other file does. */
import { ulid } from 'ulid'
import { type Auth, createAuth } from './auth'
import { sendSignInLink } from './commands/accounts/send-sign-in-link'
import type { Deps, IdPrefix, LogEntry } from './commands/deps'
import { createSecretBox } from './commands/secret-box'
import { openDb } from './db/client'
import type { DeliveryEvent } from './domain/delivery-event'
import type { MailRoute } from './domain/provider-connection'
import { type Config, type Env, parseConfig } from './env'
import { createMailer } from './mail/create-mailer'
import { dnsOverHttps } from './mail/dns'
import type { Mailer } from './mail/mailer'
import { simulatorMailer } from './mail/simulator'
import { stripeGateway } from './payments/stripe'

export type Wired = { deps: Deps; auth: Auth } | { wrong: string[] }

/** Results by `env`. An isolate gets the same `env` with every request; tests pass different ones. */
const wiredByEnv = new WeakMap<Env, Wired>()

/** Returns the dependencies, built once per isolate, or the names of the variables and secrets that are missing or wrong. */
export function wire(env: Env): Wired {
  const found = wiredByEnv.get(env)
  if (found) return found
  const made = wireUp(env)
  wiredByEnv.set(env, made)
  return made
}

function wireUp(env: Env): Wired {
  const parsed = parseConfig(env)
  if ('wrong' in parsed) return parsed
  const deps = createDeps(env, parsed.config)
  const auth = createAuth(parsed.config, deps.db, {
    signInLink: (link) => sendSignInLink(deps, link),
    log: deps.log,
  })
  return { deps, auth }
}

export function createDeps(env: Env, config: Config): Deps {
  return {
    config,
    db: openDb(env.DB),
    bucket: env.BUCKET,
    deliverQueue: env.DELIVER_QUEUE,
    expressQueue: env.EXPRESS_QUEUE,
    eventQueue: env.EVENT_QUEUE,
    mailer: (route) => mailerFor(env, config, route),
    dns: dnsOverHttps(config.DNS_RESOLVER),
    stripe: stripeGateway(config.STRIPE_API_URL),
    secrets: createSecretBox(config.SECRET_KEYS),
    log: writeLog,
    now: () => Date.now(),
    wait: (ms) => scheduler.wait(ms),
    newId: (prefix: IdPrefix) => `${prefix}_${ulid().toLowerCase()}`,
    newToken: () => crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: 'base64url', omitPadding: true }),
    random: () => Math.random(),
  }
}

function mailerFor(env: Env, config: Config, { connection, settings }: MailRoute): Mailer {
  if (settings === undefined) {
    const emit = async (events: DeliveryEvent[]) => {
      await env.EVENT_QUEUE.send({ connection, events })
    }
    return simulatorMailer({ now: Date.now, emit })
  }
  return createMailer(settings, {
    name: config.MAIL_DOMAIN,
    urls: config.PROVIDER_URLS,
    ...(env.EMAIL && { email: env.EMAIL }),
  })
}

function writeLog(entry: LogEntry): void {
  console.log(JSON.stringify(entry))
}
