import { routes } from '../../routes'
import type { FormValues } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { MessagePage } from '../ui/message-page'
import { Notice } from '../ui/notice'
import { PasskeyForm } from './passkey-form'

/** For the first time; after a link was mailed; after "continue" without a fresh sign-in; after a passkey that was not theirs; too often. */
export type Asked = 'first' | 'mailed' | 'waiting' | 'refused' | 'limited'

interface Props {
  /** URL that the change is posted to. */
  action: string
  back: string
  /** What was typed. */
  kept: FormValues
  asked: Asked
}

export const FreshSignInPage = (props: Props) => {
  const { t, signedIn } = useFrame()
  const { asked, back } = props
  const isMailed = asked !== 'first' && asked !== 'refused'
  return (
    <>
      <div class="page-head">
        <h1>{t('fresh.title')}</h1>
      </div>
      <div class="card stack">
        <p>{t('fresh.text')}</p>
        <AskedNotice asked={asked} />
        <PasskeyForm action={props.action} label={t('fresh.passkey')}>
          <Kept values={props.kept} />
          <input type="hidden" name="confirm" value="passkey" />
        </PasskeyForm>
        <form class="stack tight" method="post" action={props.action}>
          <Kept values={props.kept} />
          {isMailed && (
            <button type="submit" name="confirm" value="continue" class="primary block">
              {t('fresh.continue')}
            </button>
          )}
          <button type="submit" name="confirm" value="mail" class={isMailed ? 'block' : 'primary block'}>
            <Icon name="mail" />
            <span class="break-all">
              {t(isMailed ? 'fresh.mail_again' : 'fresh.mail', { email: signedIn?.email ?? '' })}
            </span>
          </button>
        </form>
        <p>
          <a href={back}>{t('fresh.cancel')}</a>
        </p>
      </div>
    </>
  )
}

const AskedNotice = ({ asked }: { asked: Asked }) => {
  const { t, signedIn } = useFrame()
  if (asked === 'first') return null
  return (
    <Notice tone={asked === 'mailed' ? 'good' : 'warn'}>
      <p class="break-all">{t(`fresh.${asked}`, { email: signedIn?.email ?? '' })}</p>
    </Notice>
  )
}

const Kept = ({ values }: { values: FormValues }) => (
  <>
    {Object.entries(values).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)

/** The page that a mailed link opens. */
export const ConfirmedPage = () => {
  const { t } = useFrame()
  return (
    <MessagePage
      icon="circle-check"
      tone="good"
      title={t('fresh.confirmed.title')}
      href={routes.documents}
      link={t('nav.documents')}
    >
      <p>{t('fresh.confirmed.text')}</p>
    </MessagePage>
  )
}
