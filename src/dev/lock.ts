/** Allows one Facteur per state folder, since two would write to the same database files. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalConfig } from './local-config.ts'
import { UserError } from './user-error.ts'

/**
 * Claims the folder for this process until it exits. Throws a UserError when another running process has claimed it.
 */
export function claimStateDir(config: LocalConfig): void {
  requireUnclaimed(config)
  mkdirSync(config.stateDir, { recursive: true })
  writeFileSync(lockFile(config), String(process.pid))
  process.once('exit', () => rmSync(lockFile(config), { force: true }))
}

/** Throws a UserError when a running process has claimed the folder. */
export function requireUnclaimed(config: LocalConfig): void {
  if (!existsSync(lockFile(config))) return
  const pid = Number(readFileSync(lockFile(config), 'utf8'))
  if (isRunning(pid))
    throw new UserError(
      `${config.stateDir} is used by a running npm start (process ${pid}): end it, or choose another STATE_DIR.`,
    )
}

const lockFile = (config: LocalConfig): string => join(config.stateDir, 'running.pid')

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
