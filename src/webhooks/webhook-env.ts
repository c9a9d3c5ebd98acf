import type { Deps } from '../commands/deps'
import type { Env } from '../env'

/** What middleware sets before a webhook handler runs. */
export interface WebhookEnv {
  Bindings: Env
  Variables: { deps: Deps }
}
