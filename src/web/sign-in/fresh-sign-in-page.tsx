import { routes } from '../../routes'
import type { FormValues } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { PasskeyProblem } from '../ui/passkey-problem'

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
        <PasskeyForm {...props} />
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

/** A form that a script shows where the browser supports passkeys. */
const PasskeyForm = ({ action, kept }: Props) => {
  const { t } = useFrame()
  return (
    <form
      class="stack tight"
      method="post"
      action={action}
      data-passkey="get"
      data-challenges={routes.signInChallenges}
      hidden
    >
      <Kept values={kept} />
      <input type="hidden" name="confirm" value="passkey" />
      <input type="hidden" name="credential" />
      <button type="submit" class="block">
        <Icon name="key-round" />
        {t('fresh.passkey')}
      </button>
      <PasskeyProblem />
    </form>
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
    <div class="card empty">
      <Icon name="circle-check" class="tone-good" />
      <h1>{t('fresh.confirmed.title')}</h1>
      <p>{t('fresh.confirmed.text')}</p>
      <a class="button" href={routes.documents}>
        {t('nav.documents')}
      </a>
    </div>
  )
}
