/** Types the variables that middleware sets on Hono's context. */
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
  /** Personal settings; '' = the browser's language, the account's zone. */
  personal: { language: string; timeZone: string }
  /** Zone in which pages show times: the person's, else the account's. The current date depends on `settings.timeZone`. */
  timeZone: string
  /** State at the beginning of the request; commands load the current one. */
  company: Company
  settings: AccountSettings
  logo: Logo | null
  /** The confirmed company e-mail; compare with `company.email`. */
  confirmedReplyEmail: string
  /** Choice of mails about failed deliveries of this account. */
  notifyProblems: Notify
  sessionId: string
  /** Start of this session, epoch ms. */
  signedInAt: number
  /** Time of the deletion of a closed account, which can't be changed any more; epoch ms. */
  closingAt: number | null
  /** Time zone of the quota's days; see `domain/quota.ts`. */
  quotaZone: string | null
  /** Time from which bulk and automatic mails are paused; epoch ms. */
  restingAt: number | null
  restingReason: RestReason | null
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
