/** Lays out pages: in the frame of the app, or plain (sign-in, errors, hosted pages). */
import type { Child } from 'hono/jsx'
import type { BellCount } from '../../db/problem-list'
import { directionOf } from '../../domain/languages'
import { routes } from '../../routes'
import type { SignedIn } from '../app-env'
import { type AssetName, asset } from './asset'
import { ClosingBanner } from './closing-banner'
import { useFrame } from './frame'
import { Icon } from './icon'
import { Rail, type Section } from './rail'
import { RestingBanner } from './resting-banner'
import { TestBanner } from './test-banner'
import { TopBar } from './top-bar'

export interface DocumentProps {
  title: string
  scripts?: AssetName[] | undefined
  children: Child
}

/** Renders `<html>` with the app's styles and scripts. Nothing is loaded from another origin. */
export const HtmlDocument = ({ title, scripts = [], children }: DocumentProps) => {
  const { labels } = useFrame()
  return (
    <html lang={labels.language} dir={directionOf(labels.language) === 'rtl' ? 'rtl' : undefined}>
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
  bell: BellCount
}

export const Layout = ({ section, narrow, notices, signedIn, bell, children, ...document }: LayoutProps) => {
  const { t } = useFrame()
  return (
    <HtmlDocument {...document}>
      <a class="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      <div class="frame">
        <Rail section={section} signedIn={signedIn} />
        <TestBanner />
        <TopBar signedIn={signedIn} bell={bell} />
        <main id="main" class={narrow ? 'main narrow' : 'main'} tabindex={-1}>
          <ClosingBanner />
          <RestingBanner />
          {notices}
          {children}
        </main>
      </div>
    </HtmlDocument>
  )
}

export interface PlainLayoutProps extends DocumentProps {
  /** Name at the top; absent = Facteur. */
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
