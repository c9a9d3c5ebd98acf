/** One Facteur per state folder: two would write to the same database files. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Complaint } from './complaint.ts'
import type { Place } from './place.ts'

/** Takes the folder for this process until it exits. Throws a Complaint when another one that still runs has it. */
export function claimStateDir(place: Place): void {
  requireUnclaimed(place)
  mkdirSync(place.stateDir, { recursive: true })
  writeFileSync(lockFile(place), String(process.pid))
  process.once('exit', () => rmSync(lockFile(place), { force: true }))
}

export function requireUnclaimed(place: Place): void {
  if (!existsSync(lockFile(place))) return
  const pid = Number(readFileSync(lockFile(place), 'utf8'))
  if (isRunning(pid))
    throw new Complaint(
      `${place.stateDir} is used by a running npm start (process ${pid}): end it, or choose another STATE_DIR.`,
    )
}

const lockFile = (place: Place): string => join(place.stateDir, 'running.pid')

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
