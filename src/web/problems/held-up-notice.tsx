import { type HeldUp, MAX_HELD_UP } from '../../db/outages'
import { plural } from '../../i18n'
import { formatTime } from '../../i18n/format'
import { reasonText } from '../../i18n/reason'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'
import { ServerText } from '../ui/server-text'

/** Explains that mails wait for their provider: since when, why, and that they need not be sent again. */
export const HeldUpNotice = ({ heldUp: { count, since, reason, serverText } }: { heldUp: HeldUp }) => {
  const { t, language, timeZone } = useFrame()
  const figure = count < MAX_HELD_UP ? String(count) : `${MAX_HELD_UP - 1}+`
  const time = formatTime(since, language, timeZone)
  const why = reasonText(t, reason)
  return (
    <Notice tone="warn">
      <h2>{t('held_up.title')}</h2>
      <p>{plural(language, 'held_up.text', count, { count: figure, time })}</p>
      {why && <p>{why}</p>}
      <ServerText text={serverText} />
    </Notice>
  )
}
