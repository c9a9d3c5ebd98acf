import { errorEntry } from '../../commands/error-entry'
import type { AnyContext } from '../app-env'

/** Runs work after the response. Logs its errors. */
export const afterResponse = (c: AnyContext, work: Promise<unknown>): void =>
  c.executionCtx.waitUntil(work.catch((error: unknown) => c.var.deps.log(errorEntry(error))))
