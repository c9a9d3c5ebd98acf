import { SIGN_IN_LINK_MINUTES } from '../../domain/session'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { MessagePage } from '../ui/message-page'
import { Notice } from '../ui/notice'

export const SentPage = () => {
  const { t } = useFrame()
  return (
    <MessagePage icon="mail" title={t('sign_in.sent.title')} href={routes.signIn} link={t('sign_in.again')}>
      <p>{t('sign_in.sent.text', { minutes: SIGN_IN_LINK_MINUTES })}</p>
      <p>{t('sign_in.sent.nothing')}</p>
    </MessagePage>
  )
}

export interface LinkPageProps {
  token: string
  to: string
  /** Address of the person whom the link signs in. */
  email: string
  /** The person who is signed in in this browser now. */
  current?: { userId: string; email: string } | undefined
}

export const LinkPage = ({ token, to, email, current }: LinkPageProps) => {
  const { t } = useFrame()
  const isOther = current !== undefined && current.email !== email
  return (
    <form class="card stack" method="post" action={routes.signInLink(token)}>
      <div>
        <h1>{t('sign_in.link.title')}</h1>
        <p class="break-all">{t('sign_in.link.who', { email })}</p>
        <p class="muted">{t('sign_in.link.text')}</p>
      </div>
      {isOther && <Replaces email={current.email} />}
      <input type="hidden" name="to" value={to} />
      {isOther && <input type="hidden" name="instead" value={current.userId} />}
      <button type="submit" class="primary block">
        {isOther ? t('sign_in.link.switch', { email }) : t('sign_in.link.button')}
      </button>
      {isOther && (
        <a class="button block" href={routes.documents}>
          {t('sign_in.link.stay', { email: current.email })}
        </a>
      )}
    </form>
  )
}

const Replaces = ({ email }: { email: string }) => {
  const { t } = useFrame()
  return (
    <Notice tone="warn">
      <p class="break-all">{t('sign_in.link.replaces', { email })}</p>
    </Notice>
  )
}

export const ExpiredLinkPage = ({ to }: { to: string }) => {
  const { t } = useFrame()
  return (
    <MessagePage
      icon="clock"
      title={t('sign_in.expired.title')}
      href={to ? `${routes.signIn}?to=${encodeURIComponent(to)}` : routes.signIn}
      link={t('sign_in.again')}
      primary
    >
      <p>{t('sign_in.expired.text', { minutes: SIGN_IN_LINK_MINUTES })}</p>
    </MessagePage>
  )
}
