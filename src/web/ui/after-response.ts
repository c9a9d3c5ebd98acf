import { errorEntry } from '../../commands/error-entry'
import type { AnyContext } from '../app-env'

/** Lets work go on after the response; what breaks in it is logged. */
export const afterResponse = (c: AnyContext, work: Promise<unknown>): void =>
  c.executionCtx.waitUntil(work.catch((error: unknown) => c.var.deps.log(errorEntry(error))))
