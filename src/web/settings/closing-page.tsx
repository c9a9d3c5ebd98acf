import type { ExportPart } from '../../commands/accounts/account-folders'
import { CLOSING_DAYS } from '../../commands/accounts/close-account'
import { formatBytes, formatTime } from '../../i18n/format'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { SettingsTopic } from './settings-page'

interface Props {
  parts: ExportPart[]
  /** True while more parts are being made. */
  making: boolean
}

export const ClosingPage = (props: Props) => {
  const { signedIn } = useFrame()
  return (
    <SettingsTopic title="closing.title">
      {signedIn?.closingAt == null ? <CloseCard /> : <ClosedCard {...props} closingAt={signedIn.closingAt} />}
    </SettingsTopic>
  )
}

/** Asks for confirmation, with the account's name and the consequences. */
const CloseCard = () => {
  const { t, signedIn } = useFrame()
  return (
    <section class="card stack">
      <h2>{t('closing.consequences')}</h2>
      <ul>
        <li>{t('closing.consequences.sends')}</li>
        <li>{t('closing.consequences.export')}</li>
        <li>{t('closing.consequences.read')}</li>
        <li>{t('closing.consequences.delete', { days: CLOSING_DAYS })}</li>
        <li>{t('closing.consequences.law')}</li>
      </ul>
      <form method="post" action={routes.closing} class="cluster">
        <button type="submit" class="danger">
          {t('closing.close', { account: signedIn?.accountName ?? '' })}
        </button>
        <a href={routes.retentionSettings}>{t('form.cancel')}</a>
      </form>
    </section>
  )
}

const ClosedCard = ({ parts, making, closingAt }: Props & { closingAt: number }) => {
  const { t, language, timeZone, signedIn } = useFrame()
  const date = formatTime(closingAt, language, timeZone)
  const again = { 'hx-get': routes.closing, 'hx-trigger': 'every 5s', 'hx-select': '#export', 'hx-swap': 'outerHTML' }
  return (
    <>
      <section class="card stack">
        <h2>{t('closing.deleted_on', { account: signedIn?.accountName ?? '', date })}</h2>
        <p class="muted">{t('closing.consequences.read')}</p>
        <form method="post" action={routes.closingRevocation}>
          <button type="submit" class="primary">
            <Icon name="undo-2" />
            {t('closing.keep')}
          </button>
        </form>
      </section>
      <section id="export" class="card stack" aria-labelledby="export-title" {...(making ? again : {})}>
        <h2 id="export-title">{t('closing.export')}</h2>
        <p class="muted">{t(making ? 'closing.export.making' : 'closing.export.ready')}</p>
        <ul class="stack tight">
          {parts.map(({ part, bytes }) => (
            <li class="cluster">
              <Icon name="download" />
              <a href={routes.closingExport(String(part))} download>
                {t('closing.export.part', { part })}
              </a>
              <span class="muted small">{formatBytes(bytes, language)}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
