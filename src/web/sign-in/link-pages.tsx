import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'

export const SentPage = () => {
  const { t } = useFrame()
  return (
    <div class="card empty">
      <Icon name="mail" />
      <h1>{t('sign_in.sent.title')}</h1>
      <p>{t('sign_in.sent.text')}</p>
      <p>{t('sign_in.sent.nothing')}</p>
      <a class="button" href={routes.signIn}>
        {t('sign_in.again')}
      </a>
    </div>
  )
}

export const LinkPage = ({ token, to }: { token: string; to: string }) => {
  const { t } = useFrame()
  return (
    <form class="card stack" method="post" action={routes.signInLink(token)}>
      <div>
        <h1>{t('sign_in.link.title')}</h1>
        <p class="muted">{t('sign_in.link.text')}</p>
      </div>
      <input type="hidden" name="to" value={to} />
      <button type="submit" class="primary block">
        {t('sign_in.link.button')}
      </button>
    </form>
  )
}

export const ExpiredLinkPage = ({ to }: { to: string }) => {
  const { t } = useFrame()
  return (
    <div class="card empty">
      <Icon name="clock" />
      <h1>{t('sign_in.expired.title')}</h1>
      <p>{t('sign_in.expired.text')}</p>
      <a class="button primary" href={to ? `${routes.signIn}?to=${encodeURIComponent(to)}` : routes.signIn}>
        {t('sign_in.again')}
      </a>
    </div>
  )
}
