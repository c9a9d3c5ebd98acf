/** Deletes the data that `npm start` has stored in STATE_DIR (`npm run reset`). */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readLocalConfig } from './local-config.ts'
import { requireUnclaimed } from './lock.ts'
import { runAsProgram } from './user-error.ts'

/** Facteur's files and folders. Others are not deleted, since STATE_DIR may be a folder with other files. */
const STATE_FILES = ['v3', 'inbox', 'local.env', 'worker.log', 'running.pid']

await runAsProgram(async () => {
  const config = readLocalConfig(process.env)
  requireUnclaimed(config)
  const found = STATE_FILES.map((name) => join(config.stateDir, name)).filter((path) => existsSync(path))
  for (const path of found) rmSync(path, { recursive: true })
  console.log(
    found.length > 0
      ? `Thrown away: the data in ${config.stateDir}. npm start begins afresh.`
      : `Nothing to throw away in ${config.stateDir}.`,
  )
})
