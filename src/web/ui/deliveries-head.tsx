import type { Child } from 'hono/jsx'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from './frame'

const TABS: { path: string; label: Key }[] = [
  { path: routes.deliveries, label: 'deliveries.all' },
  { path: routes.problems, label: 'problems.title' },
  { path: routes.suppressions, label: 'suppressions.title' },
  { path: routes.deliverability, label: 'deliverability.title' },
]

/** Heads the pages about deliveries, which are linked as tabs; `children` stand beside the title. */
export const DeliveriesHead = ({ children }: { children?: Child }) => {
  const { t, path } = useFrame()
  return (
    <>
      <header class="page-head">
        <h1>{t('nav.deliveries')}</h1>
        {children}
      </header>
      <nav class="tabs" aria-label={t('nav.deliveries')}>
        {TABS.map((tab) => (
          <a href={tab.path} aria-current={tab.path === path ? 'page' : undefined}>
            {t(tab.label)}
          </a>
        ))}
      </nav>
    </>
  )
}
