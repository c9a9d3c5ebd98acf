/** Builds the statements of `npm run sign-in-link`. */
import { createHash, randomUUID } from 'node:crypto'
import { SIGN_IN_LINK_MINUTES } from '../domain/session.ts'
import { quote } from './database.ts'

/** Returns SQL for an address that `requireAddress` has checked; `nowMs` is epoch ms. */
export function signInStatements(email: string, token: string, nowMs: number): string[] {
  const identifier = `magic-link:${createHash('sha256').update(token).digest('base64url')}`
  const value = JSON.stringify({ type: 'magic-link', email })
  return [
    `INSERT INTO users (id, name, email, email_verified, created_at, updated_at)
      VALUES (${quote(randomUUID())}, '', ${quote(email)}, 1, ${nowMs}, ${nowMs}) ON CONFLICT (email) DO NOTHING`,
    `UPDATE users SET let_in_at = ${nowMs} WHERE email = ${quote(email)} AND NOT EXISTS (SELECT 1 FROM members WHERE user_id = users.id)`,
    `INSERT INTO verifications (id, identifier, value, expires_at, created_at, updated_at)
      VALUES (${quote(randomUUID())}, ${quote(identifier)}, ${quote(value)}, ${nowMs + SIGN_IN_LINK_MINUTES * 60_000}, ${nowMs}, ${nowMs})`,
  ]
}
