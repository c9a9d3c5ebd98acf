import { FRESH_SIGN_IN_MINUTES } from '../../domain/session'
import { routes } from '../../routes'
import type { FormValues } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { MessagePage } from '../ui/message-page'
import { Notice } from '../ui/notice'
import { PasskeyForm } from './passkey-form'

/**
 * Distinguishes what the page says: on the first visit; after a link was mailed; after "continue" without a fresh sign-in; after
 * another person's or an unknown passkey; after too many requests.
 */
export type SignInPrompt = 'first' | 'mailed' | 'waiting' | 'refused' | 'limited'

interface Props {
  /** URL that the change is posted to. */
  action: string
  back: string
  /** The typed values. */
  values: FormValues
  prompt: SignInPrompt
}

export const FreshSignInPage = (props: Props) => {
  const { t, signedIn } = useFrame()
  const { prompt, back } = props
  const isMailed = prompt !== 'first' && prompt !== 'refused'
  return (
    <>
      <div class="page-head">
        <h1>{t('fresh.title')}</h1>
      </div>
      <div class="card stack">
        <p>{t('fresh.text', { minutes: FRESH_SIGN_IN_MINUTES })}</p>
        <PromptNotice prompt={prompt} />
        <PasskeyForm action={props.action} label={t('fresh.passkey')}>
          <HiddenFields values={props.values} />
          <input type="hidden" name="confirm" value="passkey" />
        </PasskeyForm>
        <form class="stack tight" method="post" action={props.action}>
          <HiddenFields values={props.values} />
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

const PromptNotice = ({ prompt }: { prompt: SignInPrompt }) => {
  const { t, signedIn } = useFrame()
  if (prompt === 'first') return null
  return (
    <Notice tone={prompt === 'mailed' ? 'good' : 'warn'}>
      <p class="break-all">{t(`fresh.${prompt}`, { email: signedIn?.email ?? '' })}</p>
    </Notice>
  )
}

const HiddenFields = ({ values }: { values: FormValues }) => (
  <>
    {Object.entries(values).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)

/** Shows that a mailed link has confirmed the sign-in, and that the change waits in another tab. */
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
