/** Shows times, dates and money. */
import { formatDate, formatMoney, formatRelativeTime, formatTime } from '../../i18n/format'
import { useFrame } from './frame'

/** Shows « il y a 3 minutes », with the exact time as tooltip and for screen readers; after a week the exact time. */
export const Time = ({ at }: { at: number }) => {
  const { language, timeZone, now } = useFrame()
  const exact = formatTime(at, language, timeZone)
  const relative = formatRelativeTime(at - now, language)
  const datetime = new Date(at).toISOString()
  if (!relative) return <time datetime={datetime}>{exact}</time>
  return (
    <time datetime={datetime} title={exact}>
      {relative}
      <span class="visually-hidden"> ({exact})</span>
    </time>
  )
}

/** Shows date, hour and minute of a time (epoch ms) in the frame's time zone. */
export const ExactTime = ({ at }: { at: number }) => {
  const { language, timeZone } = useFrame()
  return <time datetime={new Date(at).toISOString()}>{formatTime(at, language, timeZone)}</time>
}

/** Shows an ISO date; nothing when it is empty. */
export const DateText = ({ date, style = 'medium' }: { date: string; style?: 'long' | 'medium' | 'short' }) => {
  const { labels } = useFrame()
  if (!date) return null
  return (
    <time class="nowrap" datetime={date}>
      {formatDate(date, labels.language, style)}
    </time>
  )
}

/** Shows minor units of a currency. */
export const Money = ({ amount, currency }: { amount: number; currency: string }) => {
  const { labels } = useFrame()
  return <span class="money">{formatMoney(amount, currency, labels.language)}</span>
}

/** Shows the time left until `until` (epoch ms), ticking where scripts run: « 1:58 ». Its script fires `countdown-over` at zero. */
export const Countdown = ({ until }: { until: number }) => {
  const { now } = useFrame()
  const seconds = Math.max(0, Math.ceil((until - now) / 1000))
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <span class="countdown" role="timer" data-countdown={seconds}>
      {clock}
    </span>
  )
}
