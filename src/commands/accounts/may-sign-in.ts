import { findAddressStatus } from '../../db/people'
import { maySignUp } from '../../domain/sign-up'
import type { Deps } from '../deps'

/** Returns whether a sign-in link may be mailed to this address: a user's, or one that may become a user by the rule of SIGN_UP. */
export async function maySignIn({ db, config, now }: Deps, email: string): Promise<boolean> {
  const { known, invited } = await findAddressStatus(db, email, now())
  return known || maySignUp(config.SIGN_UP, email, invited)
}
