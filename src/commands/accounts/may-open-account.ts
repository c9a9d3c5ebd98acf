import { hasAccountPermit } from '../../db/people'
import { maySignUp } from '../../domain/sign-up'
import type { Deps } from '../deps'

/**
 * Returns whether a person without an account may open one: by SIGN_UP, or once if the deployment's owner made them a sign-in link.
 * An invitation only admits to its own account. A person who leaves the account that they opened may not open another.
 */
export const mayOpenFirstAccount = async (
  { db, config }: Deps,
  { userId, email }: { userId: string; email: string },
): Promise<boolean> => maySignUp(config.SIGN_UP, email, false) || hasAccountPermit(db, userId)
