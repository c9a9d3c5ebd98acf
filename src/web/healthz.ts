/** `/healthz`: is the database there, how long has the oldest due delivery waited, are variables and secrets set. Names what is wrong; holds no data. */
import type { Deps } from '../commands/deps'
import { errorEntry } from '../commands/error-entry'
import { findOldestDueAt } from '../db/health'
import type { AnyContext } from './app-env'

/** The cron looks every minute. A big bulk send may keep the last ones waiting for some; a stopped cron or a resting provider keeps them longer. */
const LATE_SECONDS = 15 * 60

interface Health {
  ok: boolean
  /** Null when nothing is due, or the database can't be reached. */
  oldestDueSeconds: number | null
  /** `database`, `late_deliveries`, or the name of a variable or secret that is missing or not as it must be. */
  wrong: string[]
}

export async function healthz(c: AnyContext): Promise<Response> {
  const health = await readHealth(c.var.deps)
  return c.json(health, health.ok ? 200 : 503)
}

/** What a deployment without all its variables and secrets answers. */
export const misconfigured = (wrong: string[]): Health => ({ ok: false, oldestDueSeconds: null, wrong })

async function readHealth({ db, now, log }: Deps): Promise<Health> {
  try {
    const dueAt = await findOldestDueAt(db)
    const seconds = dueAt === undefined || dueAt > now() ? null : Math.floor((now() - dueAt) / 1000)
    const wrong = seconds !== null && seconds > LATE_SECONDS ? ['late_deliveries'] : []
    return { ok: wrong.length === 0, oldestDueSeconds: seconds, wrong }
  } catch (error) {
    log(errorEntry(error))
    return { ok: false, oldestDueSeconds: null, wrong: ['database'] }
  }
}
