import { routes } from '../../routes'
import { useFrame } from './frame'
import { Icon } from './icon'

/** Returns whether the person has other accounts or may open one. */
export function useHasAccountChoice(): boolean {
  const { signedIn } = useFrame()
  return signedIn !== undefined && (signedIn.accounts.length > 1 || signedIn.mayOpenAccount)
}

/** Shows menu entries for the person's accounts, and for a new one. */
export const AccountSwitcher = () => {
  const { t, signedIn } = useFrame()
  if (!signedIn) return null
  return (
    <>
      {signedIn.accounts.length > 1 && (
        <form method="post" action={routes.activeAccount}>
          {signedIn.accounts.map(({ accountId, accountName }) => (
            <button
              type="submit"
              name="accountId"
              value={accountId}
              aria-current={accountId === signedIn.accountId ? 'true' : undefined}
            >
              <Icon name={accountId === signedIn.accountId ? 'check' : 'building-2'} />
              <span class="break-all">{accountName}</span>
            </button>
          ))}
        </form>
      )}
      {signedIn.mayOpenAccount && (
        <a href={routes.newAccount}>
          <Icon name="plus" />
          {t('nav.new_account')}
        </a>
      )}
    </>
  )
}
