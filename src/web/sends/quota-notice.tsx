import { isQuotaLow, type Quota, quotaLeft } from '../../domain/quota'
import { plural } from '../../i18n'
import { formatTime } from '../../i18n/format'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'

/** Warns when the daily limit is near or reached. */
export const QuotaNotice = ({ quota, timeZone }: { quota: Quota; timeZone: string }) => {
  const { t, language } = useFrame()
  if (!isQuotaLow(quota)) return null
  const left = quotaLeft(quota)
  const details = { limit: quota.limit, time: formatTime(quota.resetsAt, language, timeZone) }
  return (
    <Notice tone="warn">
      {left === 0 && <h2>{t('quota.reached.title')}</h2>}
      <p>{left === 0 ? t('quota.reached.text', details) : plural(language, 'quota.low', left, details)}</p>
      <p>
        <a href={`${routes.mailSettings}#quota`}>{t('quota.link')}</a>
      </p>
    </Notice>
  )
}
