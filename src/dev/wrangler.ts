/** Runs wrangler's command line on the current Node. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { outputOf, startChild } from './children.ts'
import { ROOT } from './local-config.ts'

const SCRIPT = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

/**
 * Returns an environment without telemetry, download of a sample `Request.cf` or check for a newer version: local work
 * needs no network.
 */
const quietEnv = (): NodeJS.ProcessEnv => ({
  ...process.env,
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
})

/** Starts wrangler as a child process, with its output piped. */
export const startWrangler = (args: readonly string[]): ChildProcess =>
  startChild(process.execPath, [SCRIPT, ...args], { cwd: ROOT, env: quietEnv(), stdio: ['ignore', 'pipe', 'pipe'] })

/** Returns what wrangler printed on stdout. Throws a UserError with all its output when it fails. */
export const runWrangler = (...args: string[]): Promise<string> => outputOf(startWrangler(args), nameOf(args))

/**
 * Runs wrangler in the terminal's process group, so that it can print and ask questions. Throws a UserError when it
 * fails.
 */
export async function runWranglerInTerminal(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { cwd: ROOT, env: quietEnv(), stdio: 'inherit' })
  await outputOf(child, nameOf(args))
}

const nameOf = (args: string[]): string => `wrangler ${args.slice(0, 3).join(' ')}`
