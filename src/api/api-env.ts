/** Types the variables that middleware sets for the API. */
import type { Context } from 'hono'
import type { Deps } from '../commands/deps'
import type { StoredAccount } from '../db/accounts'
import type { ApiKey } from '../db/api-keys'
import type { Env } from '../env'

export interface ApiEnv {
  Bindings: Env
  Variables: {
    deps: Deps
    requestId: string
    /** Set by `authenticate`. Handlers take the account and the mode from here alone, which isolates tenants. */
    key: ApiKey
    account: StoredAccount
    /** Set by `idempotent`: the ULID in the ids of what this request makes. */
    ulid?: string
  }
}

export type ApiContext = Context<ApiEnv>
