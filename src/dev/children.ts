/**
 * Starts and ends child processes. Each leads a process group, so that ending it also ends its children (wrangler
 * starts esbuild and workerd).
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { UserError } from './user-error.ts'

const KILL_AFTER_MS = 4000
const running = new Set<ChildProcess>()
let ending = false

/** Returns true once `endChildren` was called: a child that closes then did not crash. */
export const isEnding = (): boolean => ending

export function startChild(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: true })
  running.add(child)
  // A process that outlives the group's leader would keep its port.
  child.once('exit', () => signalGroup(child, 'SIGKILL'))
  child.once('close', () => running.delete(child))
  return child
}

/**
 * Returns what the child printed on a piped stdout, once it has succeeded. Throws a UserError with all its output when
 * it fails.
 */
export function outputOf(child: ChildProcess, name: string): Promise<string> {
  const output = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => {
    output.stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    output.stderr += chunk
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => {
      if (code === 0) done(output.stdout)
      else fail(new UserError(`${name} failed.\n${output.stdout}${output.stderr}`.trim()))
    })
  })
}

/** Ends every group and resolves when all have ended. Those that are left after four seconds are killed. */
export async function endChildren(): Promise<void> {
  ending = true
  const ends = [...running].map((child) => new Promise((done) => child.once('close', done)))
  for (const child of running) signalGroup(child, 'SIGTERM')
  const killer = setTimeout(killChildren, KILL_AFTER_MS)
  await Promise.all(ends)
  clearTimeout(killer)
}

/** Kills every group without waiting, for the `exit` handler of the process. */
export function killChildren(): void {
  for (const child of running) signalGroup(child, 'SIGKILL')
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}
