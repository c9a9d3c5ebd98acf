/** Reports the status of each part of the deployment (`/healthz`), with what is wrong and without customer data. */
import { errorEntry } from '../commands/error-entry'
import { findLastTick } from '../commands/maintenance/find-last-tick'
import { findDeployedAt, findStoredHealth } from '../db/health'
import { judgeHealth } from '../domain/health'
import type { AnyContext } from './app-env'

/** Returns the report of a deployment with missing or wrong variables or secrets. */
export const misconfigured = (wrong: string[]) => ({
  status: 'failing',
  configuration: `missing or wrong: ${wrong.join(', ')}`,
})

export async function healthz(c: AnyContext): Promise<Response> {
  const { deps } = c.var
  const [stored, tick, deployed] = await Promise.allSettled([
    findStoredHealth(deps.db, deps.now()),
    findLastTick(deps),
    findDeployedAt(deps.db),
  ])
  for (const read of [stored, tick]) if (read.status === 'rejected') deps.log(errorEntry(read.reason))
  const reach = { database: wordFor(stored), storage: wordFor(tick) }
  if (stored.status === 'rejected' || tick.status === 'rejected') return c.json({ status: 'failing', ...reach }, 503)
  const deployedAt = deployed.status === 'fulfilled' ? deployed.value : undefined
  const { status, ...parts } = judgeHealth({ ...stored.value, tick: tick.value, deployedAt }, deps.now())
  return c.json({ status, ...reach, ...parts }, status === 'ok' ? 200 : 503)
}

const wordFor = ({ status }: PromiseSettledResult<unknown>): string => (status === 'fulfilled' ? 'ok' : 'unreachable')
