import { isQuotaLow, type Quota, quotaLeft } from '../../domain/quota'
import { plural } from '../../i18n'
import { formatTime } from '../../i18n/format'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'

interface Props {
  quota: Quota
  accountId: string
  timeZone: string
}

/** Shows how many mails may leave today, and how to raise the limit. */
export const QuotaCard = ({ quota, accountId, timeZone }: Props) => {
  const { t, language } = useFrame()
  const left = quotaLeft(quota)
  const time = formatTime(quota.resetsAt, language, timeZone)
  return (
    <section class="card stack tight" id="quota">
      <h2>{t('quota.title')}</h2>
      <div class="cluster">
        <span class="strong">{plural(language, 'quota.left', left, { limit: quota.limit })}</span>
        {isQuotaLow(quota) && (
          <Badge tone="warn" icon="triangle-alert">
            {t(left === 0 ? 'quota.used_up' : 'quota.nearly')}
          </Badge>
        )}
      </div>
      <p class="muted">{t('quota.text', { time })}</p>
      <p class="muted">
        {t('quota.raise')} <code class="break-all">{accountId}</code>
      </p>
    </section>
  )
}
