import { wasInvited } from '../../db/people'
import { maySignUp } from '../../domain/sign-up'
import type { Deps } from '../deps'

/**
 * Whether somebody without an account may open one: by the rule of SIGN_UP, or because nobody invited them, so that whoever runs
 * this deployment has let them in. An invitation lets into the account it came from, and into no other.
 */
export const mayOpenFirstAccount = async ({ db, config }: Deps, email: string): Promise<boolean> =>
  maySignUp(config.SIGN_UP, email, false) || !(await wasInvited(db, email))
