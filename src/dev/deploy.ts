/**
 * Builds, applies the migrations to the real database and deploys (`npm run deploy`). If something is missing, it only
 * prints what to do.
 */
import { unstable_readConfig } from 'wrangler'
import { outputOf, startChild } from './children.ts'
import { ROOT } from './local-config.ts'
import { runAsProgram, UserError } from './user-error.ts'
import { runWrangler, runWranglerInTerminal } from './wrangler.ts'

const PLACEHOLDER_ID = '00000000-0000-0000-0000-000000000000'
const REQUIRED_VARS = ['APP_URL', 'MAIL_DOMAIN', 'MAIL_PROVIDER']

await runAsProgram(async () => {
  requireConfigured()
  await requireLogin()
  await outputOf(startChild(process.execPath, ['src/build/build.ts'], { cwd: ROOT, stdio: 'inherit' }), 'The build')
  await runWranglerInTerminal('d1', 'migrations', 'apply', 'DB', '--remote')
  await runWranglerInTerminal('deploy')
})

function requireConfigured(): void {
  const config = unstable_readConfig({ config: 'wrangler.toml' })
  const required = config.vars.MAIL_PROVIDER === 'smtp' ? [...REQUIRED_VARS, 'SMTP_HOST'] : REQUIRED_VARS
  const missing = required.filter((name) => !config.vars[name])
  const database = config.d1_databases[0]?.database_id
  if (!database || database === PLACEHOLDER_ID) {
    throw new UserError(
      'wrangler.toml names no real database yet. Run `npx wrangler d1 create facteur` and put the database_id it prints there; the README, under "Deploying", lists what else to create.',
    )
  }
  if (missing.length > 0)
    throw new UserError(
      `Set ${missing.join(', ')} under [vars] in wrangler.toml first; the README says what each means.`,
    )
}

async function requireLogin(): Promise<void> {
  const { loggedIn } = JSON.parse(await runWrangler('whoami', '--json')) as { loggedIn: boolean }
  if (!loggedIn)
    throw new UserError('Not signed in to Cloudflare: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.')
}
