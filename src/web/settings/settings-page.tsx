import type { Child } from 'hono/jsx'
import { atLeast, type Role } from '../../domain/role'
import { type Key, plural } from '../../i18n'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import type { IconName } from '../ui/icon-names'

interface SettingsEntry {
  path: string
  title: Key
  text: Key
  icon: IconName
  /** Minimum role; the entry is hidden from others. */
  needs?: Role
}

const TOPICS: SettingsEntry[] = [
  { path: routes.companySettings, title: 'settings.company', text: 'settings.company.text', icon: 'building-2' },
  { path: routes.documentSettings, title: 'settings.documents', text: 'settings.documents.text', icon: 'file-text' },
  { path: routes.logoSettings, title: 'settings.logo', text: 'settings.logo.text', icon: 'image' },
  { path: routes.taxSettings, title: 'settings.taxes', text: 'settings.taxes.text', icon: 'percent' },
  { path: routes.numberSettings, title: 'settings.numbers', text: 'settings.numbers.text', icon: 'hash' },
  { path: routes.mailSettings, title: 'settings.mail', text: 'settings.mail.text', icon: 'mail' },
  { path: routes.providers, title: 'settings.provider', text: 'settings.provider.text', icon: 'send' },
  { path: routes.senderSettings, title: 'settings.sender', text: 'settings.sender.text', icon: 'mail-check' },
  { path: routes.stripeSettings, title: 'settings.stripe', text: 'settings.stripe.text', icon: 'credit-card' },
  { path: routes.apiSettings, title: 'settings.api', text: 'settings.api.text', icon: 'key-round' },
  {
    ...{ path: routes.webhookSettings, title: 'settings.webhooks', text: 'settings.webhooks.text', icon: 'bell' },
    needs: 'admin',
  },
  { path: routes.peopleSettings, title: 'settings.people', text: 'settings.people.text', icon: 'users' },
  { path: routes.retentionSettings, title: 'settings.retention', text: 'settings.retention.text', icon: 'archive' },
  { path: routes.auditList, title: 'settings.audit', text: 'settings.audit.text', icon: 'clock', needs: 'admin' },
  { path: routes.personalSettings, title: 'settings.you', text: 'settings.you.text', icon: 'user' },
]

function useTopics(): SettingsEntry[] {
  const { signedIn } = useFrame()
  return TOPICS.filter(({ needs }) => !needs || (signedIn && atLeast(signedIn.role, needs)))
}

export const SettingsPage = ({ gaps }: { gaps: number }) => {
  const { t, language } = useFrame()
  return (
    <>
      <div class="page-head">
        <h1>{t('settings.title')}</h1>
      </div>
      <ul class="card flush link-list">
        {useTopics().map(({ path, title, text, icon }) => (
          <li>
            <a href={path}>
              <Icon name={icon} />
              <span class="cluster">
                {t(title)}
                {path === routes.companySettings && gaps > 0 && (
                  <Badge tone="warn" icon="triangle-alert">
                    {plural(language, 'settings.company.gaps', gaps)}
                  </Badge>
                )}
              </span>
              <span class="muted small">{t(text)}</span>
              <Icon name="chevron-right" />
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Marks the topic of this page: the page itself, or one below it. */
const current = (topic: string, path: string) =>
  path === topic ? 'page' : path.startsWith(`${topic}/`) ? 'true' : undefined

/** Shows a page of settings beside the list of topics. */
export const SettingsTopic = ({ title, children }: { title: Key; children: Child }) => {
  const { t, path } = useFrame()
  return (
    <div class="with-sections">
      <nav class="sections" aria-label={t('settings.title')}>
        {useTopics().map((topic) => (
          <a href={topic.path} aria-current={current(topic.path, path)}>
            {t(topic.title)}
          </a>
        ))}
      </nav>
      <div class="stack">
        <h1>{t(title)}</h1>
        {children}
      </div>
    </div>
  )
}

/** Shows the button of a form. `tag` identifies the state from which the form was made, if the handler compares it. */
export const SaveBar = ({ tag }: { tag?: string }) => {
  const { t } = useFrame()
  return (
    <div class="form-actions">
      {tag !== undefined && <input type="hidden" name="tag" value={tag} />}
      <button type="submit" class="primary">
        {t('form.save_changes')}
      </button>
    </div>
  )
}
