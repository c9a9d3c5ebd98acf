import { MOST_COUNTED } from '../../db/problem-list'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { Icon } from './icon'

/** How many deliveries could not be made and wait for somebody: the word for screen readers, the figure for the eye. */
export const Bell = ({ problems }: { problems: number }) => {
  const { t, language } = useFrame()
  const figure = problems < MOST_COUNTED ? String(problems) : `${MOST_COUNTED - 1}+`
  const sentence = problems === 0 ? t('bell.none') : plural(language, 'bell', problems, { count: figure })
  return (
    <a class="bell push" href={routes.problems} title={sentence}>
      <Icon name="bell" />
      {problems > 0 && (
        <span class="bell-count numeric" aria-hidden="true">
          {figure}
        </span>
      )}
      <span class="visually-hidden">{sentence}</span>
    </a>
  )
}
