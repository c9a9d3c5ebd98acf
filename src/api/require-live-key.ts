import { refuse } from '../domain/result'
import type { ApiContext } from './api-env'
import { refusalProblem } from './refusal'

/** Refuses test keys: what this request changes holds for live mails. */
export function requireLiveKey(c: ApiContext): void {
  if (c.var.key.test) throw refusalProblem(refuse('live_key_needed'))
}
