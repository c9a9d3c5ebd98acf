import type { MemberItem } from '../../db/members'
import { mayManage, ROLES } from '../../domain/role'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { DangerForm } from './danger-form'

interface Props {
  member: MemberItem
  /** True for the only owner of the account, who can neither leave nor give up the role. */
  onlyOwner: boolean
}

/** Offers the changes that the signed-in person may make to this membership; shows nothing if there are none. */
export const MemberActions = ({ member, onlyOwner }: Props) => {
  const { t, signedIn } = useFrame()
  const mayGiveRoles = useMay('owner')
  const isSelf = member.userId === signedIn?.userId
  if (!isSelf && !(signedIn && mayManage(signedIn.role, member.role))) return null
  if (onlyOwner) return <p class="muted small">{t('people.only_owner')}</p>
  return (
    <details>
      <summary>
        {t(isSelf && !mayGiveRoles ? 'people.leave' : 'people.change')}
        <span class="visually-hidden"> {member.name || member.email}</span>
      </summary>
      <div class="stack">
        {mayGiveRoles && <RoleChange member={member} />}
        {isSelf ? <Leave /> : <Remove member={member} />}
      </div>
    </details>
  )
}

const RoleChange = ({ member: { userId, name, email, role } }: { member: MemberItem }) => {
  const { t } = useFrame()
  return (
    <form class="cluster" method="post" action={routes.memberRole(userId)}>
      <select name="role" aria-label={t('people.role.of', { name: name || email })}>
        {ROLES.map((one) => (
          <option value={one} selected={one === role}>
            {t(`role.${one}`)}
          </option>
        ))}
      </select>
      <button type="submit">{t('people.role.save')}</button>
    </form>
  )
}

const Remove = ({ member: { userId, name, email } }: { member: MemberItem }) => {
  const { t, signedIn } = useFrame()
  return (
    <DangerForm
      action={routes.memberRemoval(userId)}
      text={t('people.remove.text', { name: name || email, account: signedIn?.accountName ?? '' })}
      button={t('people.remove.button', { name: name || email })}
    />
  )
}

const Leave = () => {
  const { t, signedIn } = useFrame()
  const account = signedIn?.accountName ?? ''
  return (
    <DangerForm
      action={routes.departure}
      text={t('people.leave.text', { account })}
      button={t('people.leave.button', { account })}
    />
  )
}
