/** Processes we start. Each leads a group of its own, so that ending it ends what it started in turn (wrangler starts esbuild and workerd). */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { Complaint } from './complaint.ts'

const KILL_AFTER_MS = 4000
const running = new Set<ChildProcess>()
let ending = false

/** True once the end was asked for: a child that closes then did not crash. */
export const isEnding = (): boolean => ending

export function startChild(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: true })
  running.add(child)
  // What a dead leader leaves behind would hold its port.
  child.once('exit', () => signalGroup(child, 'SIGKILL'))
  child.once('close', () => running.delete(child))
  return child
}

/** What the child printed on a piped stdout, once it has ended well. Throws a Complaint with all it printed when it has not. */
export function finish(child: ChildProcess, name: string): Promise<string> {
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => {
    said.stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    said.stderr += chunk
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => {
      if (code === 0) done(said.stdout)
      else fail(new Complaint(`${name} failed.\n${said.stdout}${said.stderr}`.trim()))
    })
  })
}

/** Asks every group to end and resolves when all have; what has not after four seconds is killed. */
export async function endChildren(): Promise<void> {
  ending = true
  const ends = [...running].map((child) => new Promise((done) => child.once('close', done)))
  for (const child of running) signalGroup(child, 'SIGTERM')
  const killer = setTimeout(killChildren, KILL_AFTER_MS)
  await Promise.all(ends)
  clearTimeout(killer)
}

/** At once, without waiting: the last thing a dying process can do. */
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
