import * as v from 'valibot'
import { routes } from '../../routes'
import { emailAddress } from '../ui/fields'
import { ErrorSummary, Field } from '../ui/form'
import { type FormState, line } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { PasskeyForm } from './passkey-form'

export const SignInForm = v.object({ email: emailAddress(), to: line(500) })

export const SignInPage = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  return (
    <div class="card stack">
      <MailForm form={form} />
      <PasskeyForm action={routes.signInPasskeys} label={t('sign_in.passkey')}>
        <input type="hidden" name="to" value={form.values.to ?? ''} />
      </PasskeyForm>
    </div>
  )
}

const MailForm = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  return (
    <form class="stack" method="post" action={routes.signIn} novalidate>
      <div>
        <h1>{t('sign_in.title')}</h1>
        <p class="muted">{t('sign_in.text')}</p>
      </div>
      <ErrorSummary form={form} />
      <Field
        form={form}
        name="email"
        label={t('sign_in.email')}
        type="email"
        autocomplete="email"
        spellcheck={false}
        required
        autofocus={Object.keys(form.errors).length === 0}
      />
      <input type="hidden" name="to" value={form.values.to ?? ''} />
      <button type="submit" class="primary block">
        {t('sign_in.send')}
      </button>
    </form>
  )
}
