import { wasLetIn } from '../../db/people'
import { maySignUp } from '../../domain/sign-up'
import type { Deps } from '../deps'

/**
 * Tells whether somebody without an account may open one: by the rule of SIGN_UP, or once because the deployment's owner made them a
 * sign-in link. An invitation, waiting or accepted, lets into the account that it came from and into no other; and whoever leaves
 * the account that they opened opens no next one.
 */
export const mayOpenFirstAccount = async (
  { db, config }: Deps,
  { userId, email }: { userId: string; email: string },
): Promise<boolean> => maySignUp(config.SIGN_UP, email, false) || wasLetIn(db, userId)
