import type { AuditItem } from '../../db/audit'
import type { Change } from '../../domain/audit'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Pages } from '../ui/pages'
import { Time } from '../ui/values'
import { auditField, auditSubject, auditValue } from './audit-field'
import { SettingsTopic } from './settings-page'

interface Props {
  items: AuditItem[]
  paths: { first: string | undefined; next: string | undefined }
}

export const AuditPage = ({ items, paths }: Props) => {
  const { t } = useFrame()
  return (
    <SettingsTopic title="settings.audit">
      <p class="muted">{t('audit.text')}</p>
      <div class="card flush">
        {items.length === 0 ? (
          <div class="empty">
            <p>{t('audit.empty')}</p>
          </div>
        ) : (
          <ul class="audit">
            {items.map((item) => (
              <AuditEntry item={item} />
            ))}
          </ul>
        )}
        <Pages {...paths} />
      </div>
    </SettingsTopic>
  )
}

const AuditEntry = ({ item: { at, who, action, subject, changes } }: { item: AuditItem }) => {
  const { t, language } = useFrame()
  return (
    <li>
      <div class="cluster">
        <span class="strong break-all">
          {who || t(action === 'quota_changed' ? 'audit.by_operator' : 'audit.by_link')}
        </span>
        <span class="break-all">{t(`audit.${action}`, { subject: auditSubject(action, subject, t, language) })}</span>
        <span class="muted small push">
          <Time at={at} />
        </span>
      </div>
      {changes.length > 0 && (
        <dl class="facts small">
          {changes.map((change) => (
            <ChangeRow change={change} />
          ))}
        </dl>
      )}
    </li>
  )
}

const ChangeRow = ({ change: { field, from, to } }: { change: Change }) => {
  const { t, language } = useFrame()
  return (
    <>
      <dt>{auditField(field, t)}</dt>
      <dd class="break-all">
        {from === '' ? (
          <span class="muted">{t('audit.nothing')}</span>
        ) : (
          <del>{auditValue(field, from, t, language)}</del>
        )}
        <Icon name="chevron-right" />
        <span class="visually-hidden">{t('audit.became')}</span>
        {to === '' ? <span class="muted">{t('audit.nothing')}</span> : <ins>{auditValue(field, to, t, language)}</ins>}
      </dd>
    </>
  )
}
