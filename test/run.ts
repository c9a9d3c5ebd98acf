/**
 * Both kinds of tests at once, since those with a browser mostly wait: what runs in workerd is shown as it goes, the browser's output
 * when that is over. Ends with 1 if either failed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')

const children: ChildProcess[] = []
// Ctrl-C reaches them by itself; what is asked of this process alone is passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {
  for (const child of children) child.kill('SIGTERM')
})

const browser = start('test/e2e/vitest.config.ts', 'pipe')
const inWorkerd = start('test/vitest.config.ts', 'inherit')
const failed = [!(await inWorkerd.passed)]
if (!browser.isOver()) console.log('\nThose that start the app and walk through it are still at it.')
failed.push(!(await browser.passed))
process.stdout.write(browser.output())
process.exitCode = failed.includes(true) ? 1 : 0

function start(config: string, output: 'inherit' | 'pipe') {
  const child = spawn(process.execPath, [VITEST, 'run', '--config', config], {
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
