import { maxPercent } from '../../domain/reputation'
import { formatPercent, formatTime } from '../../i18n/format'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { useMay } from './may'
import { Notice } from './notice'

/** Shows on every page that the account's bulk and automatic mails are paused: since when, why, and how to resume. */
export const RestingBanner = () => {
  const { t, language, timeZone, signedIn } = useFrame()
  const mayResume = useMay('owner')
  if (signedIn?.restingAt == null) return null
  const reason = signedIn.restingReason === 'complaints' ? 'complaints' : 'bounces'
  return (
    <div class="notices">
      <Notice tone="bad">
        <h2>{t('resting.title')}</h2>
        <p>
          {t(`resting.${reason}`, {
            date: formatTime(signedIn.restingAt, language, timeZone),
            percent: formatPercent(maxPercent(reason), language),
          })}
        </p>
        <p>{t(mayResume ? 'resting.how_to_resume' : 'resting.ask_owner')}</p>
        <div class="cluster">
          <a class="button" href={routes.problems}>
            {t('resting.problems')}
          </a>
          {mayResume && (
            <form method="post" action={routes.sendingResumption}>
              <button type="submit">{t('resting.resume')}</button>
            </form>
          )}
        </div>
      </Notice>
    </div>
  )
}
