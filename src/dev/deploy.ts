/** `npm run deploy`: builds, applies the migrations to the real database, deploys. Refuses, with what to do, while something is missing. */
import { unstable_readConfig } from 'wrangler'
import { finish, startChild } from './children.ts'
import { Complaint, runAsProgram } from './complaint.ts'
import { ROOT } from './place.ts'
import { askWrangler, tellWrangler } from './wrangler.ts'

const PLACEHOLDER_ID = '00000000-0000-0000-0000-000000000000'
const REQUIRED_VARS = ['APP_URL', 'MAIL_DOMAIN', 'SMTP_HOST']

await runAsProgram(async () => {
  requireConfigured()
  await requireLogin()
  await finish(startChild(process.execPath, ['src/build/build.ts'], { cwd: ROOT, stdio: 'inherit' }), 'The build')
  await tellWrangler('d1', 'migrations', 'apply', 'DB', '--remote')
  await tellWrangler('deploy')
})

function requireConfigured(): void {
  const config = unstable_readConfig({ config: 'wrangler.toml' })
  const missing = REQUIRED_VARS.filter((name) => !config.vars[name])
  const database = config.d1_databases[0]?.database_id
  if (!database || database === PLACEHOLDER_ID) {
    throw new Complaint(
      'wrangler.toml names no real database yet. Run `npx wrangler d1 create facteur` and put the database_id it prints there; the README, under "Deploying", lists what else to create.',
    )
  }
  if (missing.length > 0)
    throw new Complaint(
      `Set ${missing.join(', ')} under [vars] in wrangler.toml first; the README says what each means.`,
    )
}

async function requireLogin(): Promise<void> {
  const { loggedIn } = JSON.parse(await askWrangler('whoami', '--json')) as { loggedIn: boolean }
  if (!loggedIn)
    throw new Complaint('Not signed in to Cloudflare: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.')
}
