/** Calls the scheduled handler. In production the platform's cron does; on this machine workerd does not. */
import type { LocalConfig } from './local-config.ts'

/** Shorter than the minute of production, so that the demo's batch window takes ten seconds. */
const TICK_EVERY_MS = 5000

export function startTicker(config: LocalConfig): void {
  const url = `http://127.0.0.1:${config.port}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent('* * * * *')}`
  let ticking = false
  const tick = async () => {
    if (ticking) return
    ticking = true
    // The Worker logs a failed tick, and the next one does its work.
    await fetch(url).catch(() => undefined)
    ticking = false
  }
  // At once, so that /healthz is well from the moment that the address is known.
  void tick()
  setInterval(tick, TICK_EVERY_MS)
}
