/** `npm run reset` throws away what `npm start` has kept in STATE_DIR. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runAsProgram } from './complaint.ts'
import { requireUnclaimed } from './lock.ts'
import { readPlace } from './place.ts'

/** Only what we make, by name: STATE_DIR may be a folder with other things in it. */
const OURS = ['v3', 'inbox', 'local.env', 'worker.log', 'running.pid']

await runAsProgram(async () => {
  const place = readPlace(process.env)
  requireUnclaimed(place)
  const found = OURS.map((name) => join(place.stateDir, name)).filter((path) => existsSync(path))
  for (const path of found) rmSync(path, { recursive: true })
  console.log(
    found.length > 0
      ? `Thrown away: the data in ${place.stateDir}. npm start begins afresh.`
      : `Nothing to throw away in ${place.stateDir}.`,
  )
})
