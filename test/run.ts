/**
 * Runs all tests at once, since each kind mostly waits: those in workerd in two halves, and those with a browser. The first half is shown
 * as it goes, the others when they are over. Ends with 1 if any failed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
const IN_WORKERD = ['--config', 'test/vitest.config.ts']
const IN_NODE = ['--config', 'test/e2e/vitest.config.ts']

const children: ChildProcess[] = []
// Ctrl-C reaches them by itself; what is asked of this process alone is passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {
  for (const child of children) child.kill('SIGTERM')
})

const shown = start([...IN_WORKERD, '--shard=1/2'], 'inherit')
const others = [start([...IN_WORKERD, '--shard=2/2'], 'pipe'), start(IN_NODE, 'pipe')]
const passed = [await shown.passed]
if (others.some((run) => !run.isOver())) console.log('\nThe other half, or the walks in a browser, are still running.')
for (const run of others) {
  passed.push(await run.passed)
  process.stdout.write(run.output())
}
process.exitCode = passed.every(Boolean) ? 0 : 1

function start(options: string[], output: 'inherit' | 'pipe') {
  const child = spawn(process.execPath, [VITEST, 'run', ...options], {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...(output === 'pipe' && process.stdout.isTTY && { FORCE_COLOR: '1' }) },
  })
  children.push(child)
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  let over = false
  const passed = new Promise<boolean>((done) => {
    child.once('close', (code) => {
      over = true
      done(code === 0)
    })
  })
  return { passed, isOver: () => over, output: () => Buffer.concat(chunks).toString() }
}
