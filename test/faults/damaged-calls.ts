/** Calls the webhooks of every provider with 10,000 damaged payloads: the thorough form of tests that `npm test` contains. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../../src/dev/local-config.ts'

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
const TESTS = ['test/webhooks/provider-events.test.ts', 'test/webhooks/providers/mutations.test.ts']

/** Returns whether all were answered as they should. What vitest prints goes to stderr, since stdout ends with the figures. */
export function answersDamagedCalls(): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [VITEST, 'run', '--config', 'test/vitest.config.ts', '--silent=true', ...TESTS],
    {
      cwd: ROOT,
      env: { ...process.env, TEST_THOROUGH: '1' },
      stdio: ['ignore', 2, 2],
    },
  )
  return new Promise((done) => child.once('close', (code) => done(code === 0)))
}
