/** The two shapes of a page: inside the frame, and plain (sign-in, errors, what customers see). */
import type { Child } from 'hono/jsx'
import { directionOf } from '../../domain/languages'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import type { SignedIn } from '../app-env'
import { AccountSwitcher, useHasAccountChoice } from './account-switcher'

import { type AssetName, asset } from './asset'
import { Bell } from './bell'
import { ClosingBanner } from './closing-banner'
import { useFrame } from './frame'
import { Icon } from './icon'
import type { IconName } from './icon-names'
import { TestBanner, TestMenuEntry } from './test-banner'

export type Section = 'documents' | 'contacts' | 'deliveries' | 'translations' | 'settings'

const SECTIONS: { section: Section; path: string; label: Key; icon: IconName }[] = [
  { section: 'documents', path: routes.documents, label: 'nav.documents', icon: 'file-text' },
  { section: 'contacts', path: routes.contacts, label: 'nav.contacts', icon: 'users' },
  { section: 'deliveries', path: routes.deliveries, label: 'nav.deliveries', icon: 'send' },
  { section: 'translations', path: routes.translations, label: 'nav.translations', icon: 'languages' },
  { section: 'settings', path: routes.settings, label: 'nav.settings', icon: 'settings' },
]

export interface DocumentProps {
  title: string
  scripts?: AssetName[] | undefined
  children: Child
}

/** `<html>` with our styles and scripts, and nothing from elsewhere. */
export const HtmlDocument = ({ title, scripts = [], children }: DocumentProps) => {
  const { wording } = useFrame()
  return (
    <html lang={wording.language} dir={directionOf(wording.language) === 'rtl' ? 'rtl' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Facteur`}</title>
        <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={asset('app.css')} />
        <script src={asset('htmx.js')} defer />
        <script type="module" src={asset('app.js')} />
        {scripts.map((name) => (
          <script type="module" src={asset(name)} />
        ))}
      </head>
      <body>{children}</body>
    </html>
  )
}

export interface LayoutProps extends DocumentProps {
  section?: Section | undefined
  narrow?: boolean | undefined
  notices: Child
  signedIn: SignedIn
  /** Open problems of the account. */
  problems: number
}

export const Layout = ({ section, narrow, notices, signedIn, problems, children, ...document }: LayoutProps) => {
  const { t } = useFrame()
  return (
    <HtmlDocument {...document}>
      <a class="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      <div class="frame">
        <Rail section={section} signedIn={signedIn} />
        <TestBanner />
        <TopBar signedIn={signedIn} problems={problems} />
        <main id="main" class={narrow ? 'main narrow' : 'main'} tabindex={-1}>
          <ClosingBanner />
          {notices}
          {children}
        </main>
      </div>
    </HtmlDocument>
  )
}

const Rail = ({ section, signedIn }: { section?: Section | undefined; signedIn: SignedIn }) => {
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

const TopBar = ({ signedIn, problems }: { signedIn: SignedIn; problems: number }) => {
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
      <Bell problems={problems} />
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

const initials = (name: string): string =>
  name
    .split(/[\s@.]+/u)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word))
    .slice(0, 2)
    .map((word) => [...word][0])
    .join('')

export interface PlainLayoutProps extends DocumentProps {
  /** Whose page it is, where that is not Facteur. */
  brand?: string | undefined
  /** Width of the column: a small form, a longer one, or a document. */
  width?: 'wide' | 'full' | undefined
  notices: Child
}

export const PlainLayout = ({ brand, width, notices, children, ...document }: PlainLayoutProps) => (
  <HtmlDocument {...document}>
    <div class="plain">
      <header>
        {brand ? (
          <span class="wordmark break-all">{brand}</span>
        ) : (
          <a class="wordmark" href={routes.home}>
            <Icon name="mail" />
            Facteur
          </a>
        )}
      </header>
      <main id="main" class={width} tabindex={-1}>
        {notices}
        {children}
      </main>
    </div>
  </HtmlDocument>
)
