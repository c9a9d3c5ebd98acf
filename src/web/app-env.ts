/** What middleware puts into Hono's context. */
import type { Context } from 'hono'
import type { Auth } from '../auth'
import type { Deps } from '../commands/deps'
import type { AccountSettings, Company } from '../domain/company'
import type { Labels } from '../domain/labels'
import type { Logo } from '../domain/logo'
import type { RestReason } from '../domain/reputation'
import type { Notify, Role } from '../domain/role'
import type { Env } from '../env'
import type { Language, Translate } from '../i18n'

export interface SignedIn {
  userId: string
  name: string
  email: string
  accountId: string
  accountName: string
  role: Role
  /** What this person has set for themselves; '' = the browser's language, the account's zone. */
  personal: { language: string; timeZone: string }
  /** Zone in which this person sees times: their own, else the account's. Which day it is, `settings.timeZone` decides. */
  timeZone: string
  /** As they were when the request came; commands load their own. */
  company: Company
  settings: AccountSettings
  logo: Logo | null
  /** The confirmed company e-mail; compare with `company.email`. */
  confirmedReplyEmail: string
  /** When this person is mailed about failed deliveries of this account. */
  notifyProblems: Notify
  sessionId: string
  /** When this session began. Epoch ms. */
  signedInAt: number
  /** When the account is deleted, once it has been closed; nothing in it can be changed then. */
  closingAt: number | null
  /** Of the quota's days; see `domain/quota.ts`. */
  quotaZone: string | null
  /** Since when, and why, bulk and automatic mails rest. */
  restingAt: number | null
  restingReason: RestReason | null
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
