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
    SECRET_KEYS: /^SECRET_KEYS=(.+)$/m.exec(before)?.[1] ?? `local:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: /^AUTH_SECRET=(.{32,})$/m.exec(before)?.[1] ?? randomBytes(32).toString('base64url'),
  }
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(path, lines.join(''), { mode: 0o600 })
  return path
}
