/** What middleware puts into Hono's context. */

import type { Context } from 'hono'
import type { Auth } from '../auth'
import type { Deps } from '../commands/deps'
import type { Membership } from '../db/accounts'
import type { Labels } from '../domain/labels'
import type { Env } from '../env'
import type { Language, Translate } from '../i18n'

/** Of the account: as it was when the request came; commands load their own. */
export interface SignedIn extends Membership {
  userId: string
  name: string
  email: string
  accountName: string
  /** What this person has set for themselves; '' = the browser's language, the account's zone. */
  personal: { language: string; timeZone: string }
  /** Zone in which this person sees times: their own, else the account's. Which day it is, `settings.timeZone` decides. */
  timeZone: string
  sessionId: string
  /** When this session began. Epoch ms. */
  signedInAt: number
  /** This browser works with the account's test documents, until it leaves test mode. */
  testMode: boolean
  /** All accounts of this person, oldest membership first. */
  accounts: { accountId: string; accountName: string }[]
  /** SIGN_UP lets this person open another account. */
  mayOpenAccount: boolean
}

export interface AppEnv {
  Bindings: Env
  Variables: {
    deps: Deps
    auth: Auth
    language: Language
    t: Translate
    /** The labels behind `t` where they are not all built in. */
    labels?: Labels
    /** Set by `requireAccount`; absent on public pages. */
    signedIn?: SignedIn
  }
}

/** The context behind `requireAccount`. Tenancy: `accountId` comes from `signedIn` and from nowhere else. */
export interface AccountEnv extends AppEnv {
  Variables: AppEnv['Variables'] & { signedIn: SignedIn }
}

/** A request of either kind, for what every page shares. */
export type AnyContext = Context<AppEnv> | Context<AccountEnv>
