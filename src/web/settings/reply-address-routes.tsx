/** Confirms a reply address by a mailed link. Works signed out, since the mail may be opened on another device. */
import { Hono } from 'hono'
import { confirmReplyAddress } from '../../commands/accounts/confirm-reply-address'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { limitByAddress } from '../middleware/rate-limit'
import { useFrame } from '../ui/frame'
import { MessagePage } from '../ui/message-page'
import { page } from '../ui/page'

export const replyAddressConfirmation = new Hono<AccountEnv>()
const path = routes.replyAddressConfirmation(':token')

replyAddressConfirmation.get(path, (c) =>
  page(c, { title: c.var.t('reply_address.confirm.title'), plain: true }, <ConfirmPage token={c.req.param('token')} />),
)

replyAddressConfirmation.post(path, limitByAddress('reply-address'), async (c) => {
  const confirmed = await confirmReplyAddress(c.var.deps, c.req.param('token'))
  const title = c.var.t(confirmed.ok ? 'reply_address.done.title' : 'reply_address.expired.title')
  const status = confirmed.ok ? 200 : 410
  return page(c, { title, plain: true, status }, confirmed.ok ? <DonePage email={confirmed.value} /> : <ExpiredPage />)
})

const ConfirmPage = ({ token }: { token: string }) => {
  const { t } = useFrame()
  return (
    <form class="card stack" method="post" action={routes.replyAddressConfirmation(token)}>
      <div>
        <h1>{t('reply_address.confirm.title')}</h1>
        <p class="muted">{t('reply_address.confirm.text')}</p>
      </div>
      <button type="submit" class="primary block">
        {t('reply_address.confirm.button')}
      </button>
    </form>
  )
}

const DonePage = ({ email }: { email: string }) => {
  const { t } = useFrame()
  return (
    <MessagePage
      icon="circle-check"
      tone="good"
      title={t('reply_address.done.title')}
      href={routes.documents}
      link={t('nav.documents')}
    >
      <p>{t('reply_address.done.text', { email })}</p>
    </MessagePage>
  )
}

const ExpiredPage = () => {
  const { t } = useFrame()
  return (
    <MessagePage
      icon="clock"
      title={t('reply_address.expired.title')}
      href={routes.companySettings}
      link={t('settings.company')}
    >
      <p>{t('reply_address.expired.text')}</p>
    </MessagePage>
  )
}
