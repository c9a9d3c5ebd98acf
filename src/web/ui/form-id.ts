import type { IdPrefix } from '../../commands/deps'
import { isOwnId } from '../../domain/own-id'
import type { AnyContext } from '../app-env'

/** Returns the id that a form carries for what it makes, or a new one where it carries none that can be ours. */
export function formId(c: AnyContext, prefix: IdPrefix, typed: unknown): string {
  const { now, newId } = c.var.deps
  return typeof typed === 'string' && isOwnId(prefix, typed, now()) ? typed : newId(prefix)
}
