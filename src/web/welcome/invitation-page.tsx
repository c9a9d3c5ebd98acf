import type { Child } from 'hono/jsx'
import type { Role } from '../../domain/role'
import { routes } from '../../routes'
import { Field } from '../ui/form'
import { emptyForm } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { MessagePage } from '../ui/message-page'
import { Notice } from '../ui/notice'

export interface InvitationProps {
  token: string
  email: string
  role: Role
  account: string
  inviter: string
  /** Reader of the link: signed in with the invited address, signed in with another one, signed out but registered, or new. */
  reader: 'invited' | 'other' | 'signed_out' | 'new'
  signedInAs?: string
}

export const InvitationPage = (props: InvitationProps) => {
  const { t } = useFrame()
  const { account, inviter, role, reader } = props
  return (
    <div class="card stack">
      <div>
        <h1 class="break-all">{t('invitation.title', { account })}</h1>
        <p class="muted break-all">{t('invitation.text', { inviter, account, role: t(`role.${role}`) })}</p>
        <p class="muted">{t(`role.${role}.text`)}</p>
      </div>
      {reader === 'other' && <OtherAddress {...props} />}
      {reader === 'signed_out' && <SignInFirst {...props} />}
      {reader === 'invited' && <Join {...props} />}
      {reader === 'new' && (
        <Join {...props}>
          <Field
            form={emptyForm}
            name="name"
            label={t('you.name')}
            hint={t('you.name.hint')}
            autocomplete="name"
            optional
          />
        </Join>
      )}
    </div>
  )
}

const Join = ({ token, account, children }: InvitationProps & { children?: Child }) => {
  const { t } = useFrame()
  return (
    <form class="stack" method="post" action={routes.invitation(token)}>
      {children}
      <button type="submit" class="primary block">
        {t('invitation.button', { account })}
      </button>
    </form>
  )
}

const SignInFirst = ({ token, email }: InvitationProps) => {
  const { t } = useFrame()
  return (
    <form class="stack" method="post" action={routes.signIn}>
      <p class="break-all">{t('invitation.sign_in.text', { email })}</p>
      <input type="hidden" name="email" value={email} />
      <input type="hidden" name="to" value={routes.invitation(token)} />
      <button type="submit" class="primary block">
        {t('invitation.sign_in.button')}
      </button>
    </form>
  )
}

const OtherAddress = ({ email, signedInAs = '' }: InvitationProps) => {
  const { t } = useFrame()
  return (
    <form class="stack" method="post" action={routes.signOut}>
      <Notice tone="warn">
        <p class="break-all">{t('invitation.other.text', { email, signedInAs })}</p>
      </Notice>
      <button type="submit" class="block">
        {t('nav.sign_out')}
      </button>
    </form>
  )
}

export const ExpiredInvitation = () => {
  const { t } = useFrame()
  return (
    <MessagePage icon="clock" title={t('invitation.expired.title')} href={routes.documents} link={t('error.home')}>
      <p>{t('invitation.expired.text')}</p>
    </MessagePage>
  )
}
