/** What middleware puts into Hono's context. */
import type { Auth } from '../auth'
import type { Deps } from '../commands/deps'
import type { Env } from '../env'
import type { Language, Translate } from '../i18n'

export interface SignedIn {
  userId: string
  name: string
  email: string
  accountId: string
  accountName: string
  role: 'owner' | 'admin' | 'member' | 'viewer'
}

export interface AppEnv {
  Bindings: Env
  Variables: {
    deps: Deps
    auth: Auth
    language: Language
    t: Translate
    /** Set by `requireAccount`. Tenancy: `accountId` comes from here and nowhere else. */
    signedIn: SignedIn
  }
}
