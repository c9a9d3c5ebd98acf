import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from './frame'

const TABS: { path: string; label: Key }[] = [
  { path: routes.deliveries, label: 'deliveries.all' },
  { path: routes.problems, label: 'problems.title' },
  { path: routes.suppressions, label: 'suppressions.title' },
]

/** Links the pages about deliveries as tabs. */
export const DeliveryTabs = () => {
  const { t, path } = useFrame()
  return (
    <nav class="tabs" aria-label={t('nav.deliveries')}>
      {TABS.map((tab) => (
        <a href={tab.path} aria-current={tab.path === path ? 'page' : undefined}>
          {t(tab.label)}
        </a>
      ))}
    </nav>
  )
}
