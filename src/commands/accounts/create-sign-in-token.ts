import { insertSignInToken } from '../../db/people'
import type { Deps } from '../deps'
import { hashToken } from '../token'

const VALID_MS = 60_000

/** Creates the token of a better-auth magic link for a person who has just proven their address by another link. It is used at once. */
export async function createSignInToken(deps: Deps, email: string): Promise<string> {
  const token = deps.newToken()
  await insertSignInToken(deps.db, { email, hash: await hashToken(token), expiresAt: deps.now() + VALID_MS })
  return token
}
