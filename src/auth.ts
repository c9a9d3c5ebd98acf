/** Configures better-auth: people, sessions, magic links, passkeys, and organisations, which are Facteur's accounts. */

import { passkey } from '@better-auth/passkey'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { type BetterAuthOptions, betterAuth } from 'better-auth/minimal'
import { magicLink, organization } from 'better-auth/plugins'
import type { SignInLink } from './commands/accounts/send-sign-in-link'
import type { LogEntry } from './commands/deps'
import { errorEntry } from './commands/error-entry'
import { findFirstAccountId } from './db/accounts'
import type { Db } from './db/client'
import * as schema from './db/schema'
import { FRESH_SIGN_IN_MS, SESSION_IDLE_MS, SIGN_IN_LINK_MINUTES } from './domain/session'
import type { Config } from './env'

export interface AuthPorts {
  /** Mails a link to a page of Facteur whose button uses the token: mail scanners open links but press no buttons. */
  signInLink(link: SignInLink): Promise<void>
  log(entry: LogEntry): void
}

export type Auth = ReturnType<typeof createAuth>

export function createAuth(config: Config, db: Db, ports: AuthPorts) {
  const secure = !isPlainLocalhost(config)
  return betterAuth({
    baseURL: config.APP_URL,
    secret: config.AUTH_SECRET,
    basePath: '/api/auth',
    telemetry: { enabled: false },
    // Logs errors that better-auth turns into a response by itself; `handleError` logs those that it throws. Its texts alone
    // contain addresses of callers, and are about what callers did wrong.
    logger: {
      level: 'error',
      log: (_level, ...said) => {
        const error = said.find((part) => part instanceof Error)
        if (error) ports.log(errorEntry(error))
      },
    },
    database: drizzleAdapter(db, { provider: 'sqlite', schema, transaction: false }),
    user: {
      additionalFields: {
        language: { type: 'string', required: false, defaultValue: '' },
        timeZone: { type: 'string', required: false, defaultValue: '' },
      },
    },
    // The last use is written once a day. `findPerson` enforces the absolute end of a session, which better-auth has no option for.
    session: {
      expiresIn: SESSION_IDLE_MS / 1000,
      updateAge: 86_400,
      freshAge: FRESH_SIGN_IN_MS / 1000,
      cookieCache: { enabled: false },
    },
    advanced: {
      // better-auth would add __Secure- and has no option for the __Host- prefix, so the cookie prefix contains it.
      useSecureCookies: false,
      cookiePrefix: secure ? '__Host-facteur' : 'facteur',
      defaultCookieAttributes: { secure, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
      database: { generateId: 'uuid', joins: true },
    },
    databaseHooks: {
      session: {
        create: {
          // A new session works in the account of the person's oldest membership; the switcher changes it.
          before: async (session) => ({
            data: { ...session, activeOrganizationId: await findFirstAccountId(db, session.userId) },
          }),
        },
      },
    },
    plugins: [
      magicLink({
        expiresIn: SIGN_IN_LINK_MINUTES * 60,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token, metadata }) =>
          ports.signInLink({
            email,
            token,
            language: String(metadata?.language ?? ''),
            returnTo: String(metadata?.returnTo ?? ''),
          }),
      }),
      passkey({
        rpID: new URL(config.APP_URL).hostname,
        rpName: 'Facteur',
        origin: config.APP_URL,
        // Requires a discoverable passkey, so that signing in asks for no address.
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
        advanced: { webAuthnChallengeCookie: 'passkey-challenge' },
      }),
      organization({ creatorRole: 'owner', allowUserToCreateOrganization: true }),
    ],
  } satisfies BetterAuthOptions)
}

/** Returns whether the app runs on plain http at localhost, where Safari keeps no Secure cookie. All other cookies are Secure. */
const isPlainLocalhost = (config: Config): boolean =>
  config.ENVIRONMENT === 'local' && config.APP_URL.startsWith('http://localhost:')
