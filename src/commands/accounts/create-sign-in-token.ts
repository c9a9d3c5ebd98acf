import { insertSignInToken } from '../../db/people'
import type { Deps } from '../deps'
import { hashToken } from '../token'

const VALID_MS = 60_000

/** What better-auth's magic link would have mailed: for somebody who has just proven their address by another link of ours, and spent at once. */
export async function createSignInToken(deps: Deps, email: string): Promise<string> {
  const token = deps.newToken()
  await insertSignInToken(deps.db, { email, hash: await hashToken(token), expiresAt: deps.now() + VALID_MS })
  return token
}
