/** wrangler's command line, on the Node that runs us. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { finish, startChild } from './children.ts'
import { ROOT } from './place.ts'

const SCRIPT = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

/** No telemetry, no look-up of a sample `Request.cf`, no question for a newer version: local work needs no network. */
const quietEnv = (): NodeJS.ProcessEnv => ({
  ...process.env,
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
})

/** Starts wrangler as a child of ours, with its output piped. */
export const startWrangler = (args: readonly string[]): ChildProcess =>
  startChild(process.execPath, [SCRIPT, ...args], { cwd: ROOT, env: quietEnv(), stdio: ['ignore', 'pipe', 'pipe'] })

/** What wrangler printed on stdout. Throws a Complaint with all it said when it fails. */
export const askWrangler = (...args: string[]): Promise<string> => finish(startWrangler(args), nameOf(args))

/** Lets wrangler speak and ask for itself, which only the terminal's own process group may. Throws a Complaint when it fails. */
export async function tellWrangler(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { cwd: ROOT, env: quietEnv(), stdio: 'inherit' })
  await finish(child, nameOf(args))
}

const nameOf = (args: string[]): string => `wrangler ${args.slice(0, 3).join(' ')}`
