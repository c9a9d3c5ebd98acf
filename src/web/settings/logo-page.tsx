import { fitInto, type Logo } from '../../domain/logo'
import { routes } from '../../routes'
import { FileField } from '../ui/file-field'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { SettingsTopic } from './settings-page'

interface Props {
  form: FormState
  logo: Logo | null
}

export const LogoPage = ({ form, logo }: Props) => {
  const { t } = useFrame()
  return (
    <SettingsTopic title="settings.logo">
      <ErrorSummary form={form} />
      <section class="card stack">
        <h2>{t('logo.now')}</h2>
        {logo ? <CurrentLogo logo={logo} /> : <p>{t('logo.none')}</p>}
        <p class="muted">{t('logo.effect')}</p>
      </section>
      <ForAdmins>
        <form
          class="card form"
          method="post"
          action={routes.logoSettings}
          enctype="multipart/form-data"
          aria-label={t('logo.choose')}
          novalidate
        >
          <FileField
            form={form}
            name="logo"
            label={t(logo ? 'logo.choose_another' : 'logo.choose')}
            hint={t('logo.hint')}
            accept="image/png,image/jpeg"
          />
          <div class="form-actions">
            <button type="submit" class="primary">
              <Icon name="upload" />
              {t('logo.save')}
            </button>
          </div>
        </form>
      </ForAdmins>
    </SettingsTopic>
  )
}

const SHOWN = { width: 300, height: 100 }

const CurrentLogo = ({ logo }: { logo: Logo }) => {
  const { t, signedIn } = useFrame()
  const { width, height } = fitInto(logo, SHOWN, 1)
  return (
    <>
      <p>
        <img
          class="logo-plate"
          src={routes.logo(logo.sha256)}
          width={Math.round(width)}
          height={Math.round(height)}
          alt={t('logo.alt', { company: signedIn?.accountName ?? '' })}
        />
      </p>
      {useMay('admin') && (
        <form method="post" action={routes.logoRemoval}>
          <button type="submit" class="small">
            <Icon name="trash-2" />
            {t('logo.remove')}
          </button>
        </form>
      )}
    </>
  )
}
