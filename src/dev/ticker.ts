/** Calls the scheduled handler, which the platform's cron calls in production and workerd alone does not. */
import type { LocalConfig } from './local-config.ts'

/** More often than once a minute as in production, so that the demo's batch window really takes ten seconds. */
const TICK_EVERY_MS = 5000

export function startTicker(config: LocalConfig): void {
  const url = `http://127.0.0.1:${config.port}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent('* * * * *')}`
  let ticking = false
  setInterval(async () => {
    if (ticking) return
    ticking = true
    // A tick that fails is in the Worker's log; the next one does its work.
    await fetch(url).catch(() => undefined)
    ticking = false
  }, TICK_EVERY_MS)
}
