import type { SessionItem } from '../../db/sessions'
import { deviceOf } from '../../domain/device'
import { deviceText } from '../../i18n/device'
import { formatDay } from '../../i18n/format'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { ExactTime } from '../ui/values'
import { SettingsTopic } from './settings-page'

export const SessionsPage = ({ sessions, currentId }: { sessions: SessionItem[]; currentId: string }) => {
  const { t } = useFrame()
  const current = sessions.filter(({ id }) => id === currentId)
  const others = sessions.filter(({ id }) => id !== currentId)
  return (
    <SettingsTopic title="sessions.title">
      <Breadcrumb href={routes.personalSettings}>{t('settings.you')}</Breadcrumb>
      <p class="muted">{t('sessions.text')}</p>
      <ul class="card flush people">
        {[...current, ...others].map((session) => (
          <SessionRow session={session} isCurrent={session.id === currentId} />
        ))}
      </ul>
      {others.length > 0 && (
        <form method="post" action={routes.otherSessionsRemoval}>
          <button type="submit" class="danger">
            {t('sessions.end_others')}
          </button>
        </form>
      )}
    </SettingsTopic>
  )
}

const SessionRow = ({ session, isCurrent }: { session: SessionItem; isCurrent: boolean }) => {
  const { t, language, timeZone } = useFrame()
  const { id, userAgent, signedInAt, lastUsedAt } = session
  const device = deviceText(t, deviceOf(userAgent))
  const lastUsed = formatDay(lastUsedAt, language, timeZone)
  return (
    <li>
      <form class="person-line" method="post" action={routes.sessionRemoval}>
        <span>
          <span class="cluster">
            <span class="strong">{device}</span>
            {isCurrent && (
              <Badge tone="good" icon="circle-check">
                {t('sessions.this')}
              </Badge>
            )}
          </span>
          <span class="muted small block">
            {t('sessions.signed_in')} <ExactTime at={signedInAt} />
          </span>
          {!isCurrent && (
            <span class="muted small block">
              {t('sessions.last_used')} <time datetime={new Date(lastUsedAt).toISOString()}>{lastUsed}</time>
            </span>
          )}
        </span>
        <input type="hidden" name="id" value={id} />
        <button type="submit" class="push" aria-label={t('sessions.end.of', { device, day: lastUsed })}>
          {t(isCurrent ? 'nav.sign_out' : 'sessions.end')}
        </button>
      </form>
    </li>
  )
}
