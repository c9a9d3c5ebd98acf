import type { Context } from 'hono'
import { errorEntry } from '../../commands/error-entry'
import type { AppEnv } from '../app-env'

/** Lets work go on after the response; what breaks in it is logged. */
export const afterResponse = (c: Context<AppEnv>, work: Promise<unknown>): void =>
  c.executionCtx.waitUntil(work.catch((error: unknown) => c.var.deps.log(errorEntry(error))))
