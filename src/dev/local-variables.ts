/** Stores the variables and secrets of the Worker on this machine in a file that only its owner can read. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { appUrl, type LocalConfig } from './local-config.ts'

/**
 * Writes `local.env` into the state folder and returns its path. Secrets are made once, so that sessions and encrypted
 * data survive a restart.
 */
export function writeLocalVariables(config: LocalConfig): string {
  mkdirSync(config.stateDir, { recursive: true })
  const path = join(config.stateDir, 'local.env')
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const variables = {
    ENVIRONMENT: 'local',
    APP_URL: appUrl(config),
    MAIL_DOMAIN: 'facteur.example',
    SIGN_UP: 'open',
    MAIL_PROVIDER: 'smtp',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(config.smtpPort),
    SMTP_SECURITY: 'none',
    WEBHOOK_PRIVATE_TARGETS: 'true',
    BOUNCE_DOMAIN: 'bounces.facteur.example',
    MAIL_HOOK_TOKEN: kept(before, 'MAIL_HOOK_TOKEN') ?? randomBytes(16).toString('base64url'),
    SECRET_KEYS: kept(before, 'SECRET_KEYS') ?? `local:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: kept(before, 'AUTH_SECRET') ?? randomBytes(32).toString('base64url'),
  }
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(path, lines.join(''), { mode: 0o600 })
  return path
}

/** Returns a value of the file as it was. */
const kept = (file: string, name: string): string | undefined => new RegExp(`^${name}=(.{16,})$`, 'm').exec(file)?.[1]

/** Returns the token of the address that takes reports about mails. */
export function readHookToken(variablesFile: string): string {
  return kept(readFileSync(variablesFile, 'utf8'), 'MAIL_HOOK_TOKEN') ?? ''
}
