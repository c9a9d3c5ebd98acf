/**
 * Prints a link that signs a person in, once, within 15 minutes: `npm run sign-in-link -- you@example.org [--remote]`.
 * A new deployment can't send mail yet, and with SIGN_UP=invite the first person has no other way in. So the command
 * creates the user if there is none, and a person without an account may open one, whatever SIGN_UP says.
 */
import { randomBytes } from 'node:crypto'
import { unstable_readConfig } from 'wrangler'
import { routes } from '../routes.ts'
import { executeSql, type Target } from './database.ts'
import { appUrl, readLocalConfig } from './local-config.ts'
import { signInStatements } from './sign-in-statements.ts'
import { runAsProgram, UserError } from './user-error.ts'

/**
 * Writes the rows that better-auth's magic link would (its `storeToken: 'hashed'`) and returns the address of the page
 * that uses the token.
 */
export async function createSignInLink(email: string, target: Target): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const sql = signInStatements(email, token, Date.now()).join(';\n')
  const origin = target === 'remote' ? deployedUrl() : appUrl(target.config)
  await executeSql(target, sql)
  return new URL(routes.signInLink(token), origin).href
}

/**
 * Returns the address in lower case, as better-auth stores it. Throws a UserError about anything but a plain address.
 */
export function requireAddress(text: string | undefined): string {
  if (text && /^[^\s@'"<>]+@[^\s@'"<>]+\.[^\s@'"<>]+$/.test(text)) return text.toLowerCase()
  throw new UserError('Whose link? npm run sign-in-link -- you@example.org [--remote]')
}

function deployedUrl(): string {
  const url = unstable_readConfig({ config: 'wrangler.toml' }).vars.APP_URL
  if (typeof url === 'string' && url !== '') return url
  throw new UserError('Set APP_URL in wrangler.toml to where the app is reached, like https://facteur.example.org.')
}

if (import.meta.main)
  await runAsProgram(async () => {
    const args = process.argv.slice(2)
    const email = requireAddress(args.find((arg) => !arg.startsWith('--')))
    console.log(
      await createSignInLink(email, args.includes('--remote') ? 'remote' : { config: readLocalConfig(process.env) }),
    )
  })
