import { useFrame } from './frame'
import { Icon } from './icon'

/** Shows a button that copies `text`; `copy.js` shows it where the browser can. `label` says to screen readers what is copied. */
export const CopyButton = ({ text, label }: { text: string; label: string }) => {
  const { t } = useFrame()
  return (
    <button type="button" class="small quiet" data-copy={text} data-done={t('hosted.copied')} hidden>
      <Icon name="copy" />
      <span aria-live="polite">
        {t('hosted.copy')} <span class="visually-hidden">{label}</span>
      </span>
    </button>
  )
}
