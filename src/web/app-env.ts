/** Types the variables that middleware sets on Hono's context. */
import type { Context } from 'hono'
import type { Auth } from '../auth'
import type { Deps } from '../commands/deps'
import type { Membership } from '../db/accounts'
import type { Labels } from '../domain/labels'
import type { Env } from '../env'
import type { Language, Translate } from '../i18n'

/** The person and the state of the account at the beginning of the request; commands load the current state. */
export interface SignedIn extends Membership {
  userId: string
  name: string
  email: string
  accountName: string
  /** Personal settings; '' = the browser's language, the account's zone. */
  personal: { language: string; timeZone: string }
  /** Zone in which pages show times: the person's, else the account's. The current date depends on `settings.timeZone`. */
  timeZone: string
  sessionId: string
  /** Start of this session, epoch ms. */
  signedInAt: number
  /** True while this browser shows the account's test documents. */
  testMode: boolean
  /** All accounts of this person, oldest membership first. */
  accounts: { accountId: string; accountName: string }[]
  /** True if SIGN_UP allows this person to open another account. */
  mayOpenAccount: boolean
}

export interface AppEnv {
  Bindings: Env
  Variables: {
    deps: Deps
    auth: Auth
    language: Language
    t: Translate
    /** The labels that `t` reads, if some of them are custom. */
    labels?: Labels
    /** Set by `requireAccount`; absent on public pages. */
    signedIn?: SignedIn
  }
}

/** Types the context behind `requireAccount`. Handlers take `accountId` only from `signedIn`, which isolates tenants. */
export interface AccountEnv extends AppEnv {
  Variables: AppEnv['Variables'] & { signedIn: SignedIn }
}

/** Context with or without an account, for code that all pages share. */
export type AnyContext = Context<AppEnv> | Context<AccountEnv>
