import { NOTIFY } from '../../domain/role'
import { routes } from '../../routes'
import { ErrorSummary, Field, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { languageOptions, timeZoneOptions } from '../ui/options'
import { type Passkey, Passkeys } from './passkeys'
import { SaveBar, SettingsTopic } from './settings-page'

export const PersonalPage = ({ form, passkeys }: { form: FormState; passkeys: Passkey[] }) => {
  const { t, signedIn } = useFrame()
  const accountZone = t('you.time_zone.account', { zone: signedIn?.settings.timeZone.replaceAll('_', ' ') ?? '' })
  return (
    <SettingsTopic title="settings.you">
      <ErrorSummary form={form} />
      <form class="card form" method="post" action={routes.personalSettings} novalidate>
        <Field form={form} name="name" label={t('you.name')} hint={t('you.name.hint')} autocomplete="name" />
        <Select
          form={form}
          name="language"
          label={t('you.language')}
          hint={t('you.language.hint')}
          options={[{ value: '', label: t('you.language.browser') }, ...languageOptions()]}
        />
        <Select
          form={form}
          name="timeZone"
          label={t('settings.time_zone')}
          hint={t('you.time_zone.hint')}
          options={[{ value: '', label: accountZone }, ...timeZoneOptions()]}
        />
        <Select
          form={form}
          name="notifyProblems"
          label={t('you.notify', { account: signedIn?.accountName ?? '' })}
          hint={t('you.notify.hint')}
          options={NOTIFY.map((value) => ({ value, label: t(`you.notify.${value}`) }))}
        />
        <SaveBar />
      </form>
      <section class="card stack" aria-labelledby="sessions">
        <div>
          <h2 id="sessions">{t('sessions.title')}</h2>
          <p class="muted">{t('sessions.about')}</p>
        </div>
        <div>
          <a class="button" href={routes.sessions}>
            {t('sessions.open')}
          </a>
        </div>
      </section>
      <Passkeys passkeys={passkeys} />
    </SettingsTopic>
  )
}
