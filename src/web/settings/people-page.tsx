import type { InvitationItem } from '../../db/invitations'
import type { MemberItem } from '../../db/members'
import { assignableRoles, mayManage } from '../../domain/role'
import { MAILED_LINK_DAYS } from '../../domain/session'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { ErrorSummary, Field, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { ExactTime } from '../ui/values'
import { MemberActions } from './member-actions'
import { SettingsTopic } from './settings-page'

interface Props {
  form: FormState
  members: MemberItem[]
  /** Open invitations; empty for people who may not manage them. */
  invitations: InvitationItem[]
}

export const PeoplePage = ({ form, members, invitations }: Props) => {
  const { t } = useFrame()
  const mayInvite = useMay('admin')
  const owners = members.filter(({ role }) => role === 'owner').length
  return (
    <SettingsTopic title="settings.people">
      <ErrorSummary form={form} labels={{ email: t('people.email'), role: t('people.role') }} />
      <ul class="card flush people">
        {members.map((member) => (
          <Member member={member} onlyOwner={member.role === 'owner' && owners === 1} />
        ))}
      </ul>
      {mayInvite && <Invite form={form} />}
      {invitations.length > 0 && (
        <section class="stack" aria-labelledby="invitations">
          <h2 id="invitations">{t('people.invitations')}</h2>
          <ul class="card flush people">
            {invitations.map((invitation) => (
              <Invitation invitation={invitation} />
            ))}
          </ul>
        </section>
      )}
      <RoleList />
    </SettingsTopic>
  )
}

const Member = ({ member, onlyOwner }: { member: MemberItem; onlyOwner: boolean }) => {
  const { t, signedIn } = useFrame()
  const { userId, name, email, role } = member
  return (
    <li>
      <div class="person-line">
        <span>
          <span class="strong break-all">{name || email}</span>{' '}
          {userId === signedIn?.userId && <span class="muted">({t('people.you')})</span>}
          {name && <span class="muted small break-all block">{email}</span>}
        </span>
        <span class="muted push">{t(`role.${role}`)}</span>
      </div>
      <MemberActions member={member} onlyOwner={onlyOwner} />
    </li>
  )
}

const Invite = ({ form }: { form: FormState }) => {
  const { t, signedIn } = useFrame()
  return (
    <section class="stack" aria-labelledby="invite">
      <h2 id="invite">{t('people.invite')}</h2>
      <form class="card form" method="post" action={routes.invitations} novalidate>
        <div class="field-row">
          <Field form={form} name="email" label={t('people.email')} type="email" autocomplete="off" required />
          <Select
            form={form}
            name="role"
            label={t('people.role')}
            options={assignableRoles(signedIn?.role ?? 'viewer').map((role) => ({
              value: role,
              label: t(`role.${role}`),
            }))}
          />
        </div>
        <p class="hint">{t('people.invite.hint', { days: MAILED_LINK_DAYS })}</p>
        <div class="form-actions">
          <button type="submit" class="primary">
            <Icon name="send" />
            {t('people.invite.button')}
          </button>
        </div>
      </form>
    </section>
  )
}

const Invitation = ({ invitation }: { invitation: InvitationItem }) => {
  const { t, now, signedIn } = useFrame()
  const { id, email, role, expiresAt } = invitation
  const expired = expiresAt <= now
  return (
    <li>
      <div class="person-line">
        <span>
          <span class="strong break-all">{email}</span>
          <span class="muted small block">
            {expired ? (
              <Badge tone="warn" icon="clock">
                {t('people.expired')}
              </Badge>
            ) : (
              <>
                {t('people.expires')} <ExactTime at={expiresAt} />
              </>
            )}
          </span>
        </span>
        <span class="muted push">{t(`role.${role}`)}</span>
      </div>
      {signedIn && mayManage(signedIn.role, role) && (
        <div class="cluster">
          <form method="post" action={routes.invitationMails(id)}>
            <button type="submit" aria-label={t('people.send_again.of', { email })}>
              {t('people.send_again')}
            </button>
          </form>
          <form method="post" action={routes.invitationCancellation(id)}>
            <button type="submit" aria-label={t('people.cancel.of', { email })}>
              {t('people.cancel')}
            </button>
          </form>
        </div>
      )}
    </li>
  )
}

const RoleList = () => {
  const { t } = useFrame()
  return (
    <details class="card">
      <summary>{t('people.roles')}</summary>
      <dl class="facts">
        {(['viewer', 'member', 'admin', 'owner'] as const).map((role) => (
          <>
            <dt>{t(`role.${role}`)}</dt>
            <dd>{t(`role.${role}.text`)}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}
