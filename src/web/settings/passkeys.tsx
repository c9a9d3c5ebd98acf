import { FRESH_SIGN_IN_MINUTES, isFresh } from '../../domain/session'
import { routes } from '../../routes'
import { Field } from '../ui/form'
import { emptyForm } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { PasskeyProblem } from '../ui/passkey-problem'
import { Time } from '../ui/values'

export interface Passkey {
  id: string
  name: string
  /** Epoch ms. */
  createdAt: number
}

/** Lists a person's passkeys, with a form that adds one. A script shows the form if the browser supports passkeys. */
export const Passkeys = ({ passkeys }: { passkeys: Passkey[] }) => {
  const { t, now, signedIn } = useFrame()
  return (
    <section class="card stack" aria-labelledby="passkeys">
      <div>
        <h2 id="passkeys">{t('passkeys.title')}</h2>
        <p class="muted">{t('passkeys.text')}</p>
      </div>
      {passkeys.length > 0 && (
        <ul class="people">
          {passkeys.map((passkey) => (
            <PasskeyRow passkey={passkey} />
          ))}
        </ul>
      )}
      {isFresh(signedIn?.signedInAt ?? 0, now) ? <NewPasskey /> : <SignInFirst />}
    </section>
  )
}

const SignInFirst = () => {
  const { t } = useFrame()
  return (
    <form class="stack tight" method="post" action={routes.freshSignIn}>
      <p class="muted">{t('passkeys.fresh', { minutes: FRESH_SIGN_IN_MINUTES })}</p>
      <div>
        <button type="submit">{t('passkeys.fresh.button')}</button>
      </div>
    </form>
  )
}

const NewPasskey = () => {
  const { t } = useFrame()
  return (
    <>
      <p class="muted" id="no-passkeys">
        {t('passkeys.unsupported')}
      </p>
      <form
        class="form"
        method="post"
        action={routes.passkeys}
        data-passkey="create"
        data-challenges={routes.passkeyChallenges}
        data-without="no-passkeys"
        hidden
      >
        <Field
          form={emptyForm}
          name="passkeyName"
          label={t('passkeys.name')}
          hint={t('passkeys.name.hint')}
          autocomplete="off"
          maxlength={60}
        />
        <input type="hidden" name="credential" />
        <PasskeyProblem />
        <div class="form-actions">
          <button type="submit">
            <Icon name="key-round" />
            {t('passkeys.add')}
          </button>
        </div>
      </form>
    </>
  )
}

const PasskeyRow = ({ passkey: { id, name, createdAt } }: { passkey: Passkey }) => {
  const { t } = useFrame()
  const shown = name || t('passkeys.unnamed')
  return (
    <li>
      <form class="person-line" method="post" action={routes.passkeyRemoval}>
        <span>
          <span class="strong break-all">{shown}</span>
          <span class="muted small block">
            {t('passkeys.added')} <Time at={createdAt} />
          </span>
        </span>
        <input type="hidden" name="id" value={id} />
        <button type="submit" class="push" aria-label={t('passkeys.remove.named', { name: shown })}>
          {t('passkeys.remove')}
        </button>
      </form>
    </li>
  )
}
