/** Shows the column on the left: the account and the sections. */
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import type { SignedIn } from '../app-env'
import { AccountSwitcher, useHasAccountChoice } from './account-switcher'
import { useFrame } from './frame'
import { Icon } from './icon'
import type { IconName } from './icon-names'
import { initials } from './initials'

export type Section = 'documents' | 'contacts' | 'deliveries' | 'translations' | 'settings'

const SECTIONS: { section: Section; path: string; label: Key; icon: IconName }[] = [
  { section: 'documents', path: routes.documents, label: 'nav.documents', icon: 'file-text' },
  { section: 'contacts', path: routes.contacts, label: 'nav.contacts', icon: 'users' },
  { section: 'deliveries', path: routes.deliveries, label: 'nav.deliveries', icon: 'send' },
  { section: 'translations', path: routes.translations, label: 'nav.translations', icon: 'languages' },
  { section: 'settings', path: routes.settings, label: 'nav.settings', icon: 'settings' },
]

export const Rail = ({ section, signedIn }: { section?: Section | undefined; signedIn: SignedIn }) => {
  const { t, path } = useFrame()
  return (
    <nav class="rail" aria-label={t('nav.main')}>
      <RailAccount signedIn={signedIn} />
      <ul>
        {SECTIONS.map((item) => (
          <li>
            <a href={item.path} aria-current={current(item, section, path)}>
              <Icon name={item.icon} />
              {t(item.label)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const RailAccount = ({ signedIn: { accountName } }: { signedIn: SignedIn }) => {
  const { t } = useFrame()
  const name = (
    <>
      <span class="avatar square" aria-hidden="true">
        {initials(accountName)}
      </span>
      <span class="name">{accountName}</span>
    </>
  )
  if (!useHasAccountChoice())
    return (
      <a class="rail-account" href={routes.companySettings}>
        {name}
      </a>
    )
  return (
    <details class="menu">
      <summary class="rail-account">
        {name}
        <span class="visually-hidden">{t('nav.accounts')}</span>
        <Icon name="chevron-down" class="push" />
      </summary>
      <div class="menu-items">
        <AccountSwitcher />
      </div>
    </details>
  )
}

const current = (item: { section: Section; path: string }, section: Section | undefined, path: string) =>
  item.path === path ? 'page' : item.section === section ? 'true' : undefined
