/** Makes sign-in links without mailing them. */
import { createSignInToken } from '../../src/commands/accounts/create-sign-in-token'
import { routes } from '../../src/routes'
import { testDeps } from './deps'

/** Returns the path of a link that signs this address in, once. */
export const signInLinkFor = async (email: string): Promise<string> =>
  routes.signInLink(await createSignInToken(testDeps(), email))
