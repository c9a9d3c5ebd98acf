import type { IdPrefix } from '../../commands/deps'
import { isOwnId } from '../../domain/own-id'
import type { AnyContext } from '../app-env'

/** Returns the id in a form for the row that it creates; a new id if `newId` can't have made that one. */
export function formId(c: AnyContext, prefix: IdPrefix, typed: unknown): string {
  const { now, newId } = c.var.deps
  return typeof typed === 'string' && isOwnId(prefix, typed, now()) ? typed : newId(prefix)
}
