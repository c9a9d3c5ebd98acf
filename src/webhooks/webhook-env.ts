import type { Deps } from '../commands/deps'
import type { Env } from '../env'

/** What middleware has put there by the time a webhook runs. */
export interface WebhookEnv {
  Bindings: Env
  Variables: { deps: Deps }
}
