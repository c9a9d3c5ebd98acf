/** A form that makes something says for which account it was shown: another tab may have switched since. */
import type { Context } from 'hono'
import type { AccountEnv } from '../app-env'
import type { FormValues } from './form-state'
import { useFrame } from './frame'

const FIELD = 'account'

/**
 * Stands in every form that makes something of an account's.
 * @param bound where the form goes on to belong to another account than the page: that one's id
 */
export const FormAccount = ({ bound }: { bound?: string | undefined }) => {
  const { signedIn } = useFrame()
  return <input type="hidden" name={FIELD} value={bound ?? signedIn?.accountId ?? ''} />
}

/**
 * Why a form must not be saved here: it was shown for another account.
 * @param bound it can be saved in that one alone, so shown again it is still for it; otherwise it is for this one
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
