import { type BellCount, MAX_COUNTED } from '../../db/problem-list'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { Icon } from './icon'

/**
 * Shows the number of open problems; mails that wait for their provider count as one more. Screen readers get a sentence instead
 * of the number.
 */
export const Bell = ({ problems, heldUp }: BellCount) => {
  const { t, language } = useFrame()
  const short = (count: number) => (count < MAX_COUNTED ? String(count) : `${MAX_COUNTED - 1}+`)
  const figure = short(problems + (heldUp ? 1 : 0))
  const failed = problems > 0 ? [plural(language, 'bell', problems, { count: short(problems) })] : []
  const sentence = [...failed, ...(heldUp ? [t('bell.held')] : [])].join(' · ') || t('bell.none')
  return (
    <a class="bell push" href={routes.problems} title={sentence}>
      <Icon name="bell" />
      {(problems > 0 || heldUp) && (
        <span class="bell-count numeric" aria-hidden="true">
          {figure}
        </span>
      )}
      <span class="visually-hidden">{sentence}</span>
    </a>
  )
}
