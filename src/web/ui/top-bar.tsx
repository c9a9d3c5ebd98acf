/** Shows the bar above every page: search, open problems, and the person's menu. */
import type { BellCount } from '../../db/problem-list'
import { routes } from '../../routes'
import type { SignedIn } from '../app-env'
import { AccountSwitcher } from './account-switcher'
import { Bell } from './bell'
import { useFrame } from './frame'
import { Icon } from './icon'
import { initials } from './initials'
import { TestMenuEntry } from './test-banner'

export const TopBar = ({ signedIn, bell }: { signedIn: SignedIn; bell: BellCount }) => {
  const { t } = useFrame()
  return (
    <header class="topbar">
      <search class="search">
        <form action={routes.documents}>
          <Icon name="search" />
          <input
            type="search"
            name="q"
            data-search
            placeholder={t('nav.search')}
            aria-label={t('nav.search')}
            aria-keyshortcuts="/"
            autocomplete="off"
          />
          <span class="key" aria-hidden="true">
            /
          </span>
        </form>
      </search>
      <Bell {...bell} />
      <details class="menu person">
        <summary>
          <span class="avatar" aria-hidden="true">
            {initials(signedIn.name || signedIn.email)}
          </span>
          <span class="visually-hidden">{t('nav.person', { name: signedIn.name || signedIn.email })}</span>
        </summary>
        <div class="menu-items">
          <div class="menu-head">
            {signedIn.name && <div class="strong">{signedIn.name}</div>}
            <div class="muted small break-all">{signedIn.email}</div>
            <div class="muted small break-all">
              {t(`role.${signedIn.role}`)} · {signedIn.accountName}
            </div>
          </div>
          <div class="only-phone">
            <AccountSwitcher />
          </div>
          <a href={routes.personalSettings}>
            <Icon name="user" />
            {t('nav.you')}
          </a>
          <TestMenuEntry />
          <form method="post" action={routes.signOut}>
            <button type="submit">
              <Icon name="log-out" />
              {t('nav.sign_out')}
            </button>
          </form>
        </div>
      </details>
    </header>
  )
}
