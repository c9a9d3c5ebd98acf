import type { IdPrefix } from '../../commands/deps'
import { isOwnId } from '../../domain/own-id'
import type { AnyContext } from '../app-env'

/** Returns the id that a form contains for what it creates, or a new one where `newId` can't have made it. */
export function formId(c: AnyContext, prefix: IdPrefix, typed: unknown): string {
  const { now, newId } = c.var.deps
  return typeof typed === 'string' && isOwnId(prefix, typed, now()) ? typed : newId(prefix)
}
