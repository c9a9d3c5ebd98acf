/** Calls the scheduled handler, as the platform's cron does in production and workerd alone does not. */
import type { Place } from './place.ts'

/** More often than production's minute, so that the demo's ten-second batch window can be felt. */
const TICK_EVERY_MS = 5000

export function startTicker(place: Place): void {
  const url = `http://127.0.0.1:${place.port}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent('* * * * *')}`
  let ticking = false
  setInterval(async () => {
    if (ticking) return
    ticking = true
    // A tick that fails says so in the Worker's log; the next one makes up for it.
    await fetch(url).catch(() => undefined)
    ticking = false
  }, TICK_EVERY_MS)
}
