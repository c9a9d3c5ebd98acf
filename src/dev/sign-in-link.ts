/**
 * `npm run sign-in-link -- you@example.org [--remote]` prints a link that signs this person in, once, within 15 minutes, and makes
 * the user if there is none: a fresh deployment can't mail yet, and with SIGN_UP=invite nobody else could let the first person in. A
 * person without an account may open one then, whatever SIGN_UP says.
 */
import { randomBytes } from 'node:crypto'
import { unstable_readConfig } from 'wrangler'
import { routes } from '../routes.ts'
import { Complaint, runAsProgram } from './complaint.ts'
import { appUrl, type Place, readPlace } from './place.ts'
import { signInStatements } from './sign-in-statements.ts'
import { askWrangler } from './wrangler.ts'

export type Target = { place: Place } | 'remote'

/** Writes the rows that better-auth's magic link would (its `storeToken: 'hashed'`) and returns the address of our page that spends the token. */
export async function createSignInLink(email: string, target: Target): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const sql = signInStatements(email, token, Date.now()).join(';\n')
  const origin = target === 'remote' ? deployedUrl() : appUrl(target.place)
  const where = target === 'remote' ? ['--remote', '--yes'] : ['--local', '--persist-to', target.place.stateDir]
  await askWrangler('d1', 'execute', 'DB', ...where, '--command', sql)
  return new URL(routes.signInLink(token), origin).href
}

/** Lower-cased, as better-auth keeps addresses. Throws a Complaint about anything that is no plain address. */
export function requireAddress(text: string | undefined): string {
  if (text && /^[^\s@'"<>]+@[^\s@'"<>]+\.[^\s@'"<>]+$/.test(text)) return text.toLowerCase()
  throw new Complaint('Whose link? npm run sign-in-link -- you@example.org [--remote]')
}

function deployedUrl(): string {
  const url = unstable_readConfig({ config: 'wrangler.toml' }).vars.APP_URL
  if (typeof url === 'string' && url !== '') return url
  throw new Complaint('Set APP_URL in wrangler.toml to where the app is reached, like https://facteur.example.org.')
}

if (import.meta.main)
  await runAsProgram(async () => {
    const args = process.argv.slice(2)
    const email = requireAddress(args.find((arg) => !arg.startsWith('--')))
    console.log(await createSignInLink(email, args.includes('--remote') ? 'remote' : { place: readPlace(process.env) }))
  })
