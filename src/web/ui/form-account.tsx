/** Binds a form that creates something to the account for which it was shown, since another tab may have switched accounts. */
import type { Context } from 'hono'
import type { AccountEnv } from '../app-env'
import type { FormValues } from './form-state'
import { useFrame } from './frame'

const FIELD = 'account'

/**
 * Adds the account to a form; every form that creates something in an account has it.
 * @param bound id of the account to which the form stays bound, if it is not the page's account
 */
export const FormAccount = ({ bound }: { bound?: string | undefined }) => {
  const { signedIn } = useFrame()
  return <input type="hidden" name={FIELD} value={bound ?? signedIn?.accountId ?? ''} />
}

/**
 * Returns an error if the form was shown for another account, and must not be saved in this one.
 * @param bound true if the form can be saved only in that account; otherwise it is shown again for the current one
 */
export function otherAccount(c: Context<AccountEnv>, typed: FormValues, bound = false): string | undefined {
  const { signedIn, t } = c.var
  const shownFor = typed[FIELD]
  if (!shownFor || shownFor === signedIn.accountId) return undefined
  const shown = signedIn.accounts.find(({ accountId }) => accountId === shownFor)?.accountName
  const current = signedIn.accountName
  if (shown && bound) return t('form.other_account.bound', { shown, current })
  return shown ? t('form.other_account', { shown, current }) : t('form.other_account.unknown', { current })
}
