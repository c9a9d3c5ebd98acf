import type { Deps } from '../commands/deps'
import type { Env } from '../env'

/** Types of what middleware sets before a webhook handler runs. */
export interface WebhookEnv {
  Bindings: Env
  Variables: { deps: Deps }
}
