/** Selects documents in the list; the bar at the bottom sends them. Works without scripts; `selection.js` adds shortcuts. */
import type { Child } from 'hono/jsx'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useMay } from '../../ui/may'
import { type ListQuery, listPath } from './list-query'

interface Props {
  query: ListQuery
  /** Id of the bulk send that the form creates. */
  bulkId: string
  /** True if the list has more pages. */
  more: boolean
  children: Child
}

/** Wraps the table in a form for people who may send. */
export const Selection = ({ query, bulkId, more, children }: Props) => {
  if (!useMay('member')) return <>{children}</>
  const [, list = ''] = listPath(query).split('?')
  return (
    <form class="selection" method="post" action={routes.bulkSends}>
      <input type="hidden" name="bulkId" value={bulkId} />
      <input type="hidden" name="list" value={list} />
      {children}
      <SelectionBar more={more} />
    </form>
  )
}

/** Shows a checkbox that selects the whole page; hidden until a script that makes it work has loaded. */
export const SelectPage = () => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  return (
    <td class="select shrink">
      <input type="checkbox" aria-label={t('bulk.select_page')} data-select-page hidden />
    </td>
  )
}

export const SelectRow = ({ id, name }: { id: string; name: string }) => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  return (
    <td class="select shrink">
      <input type="checkbox" name="document" value={id} aria-label={t('bulk.select', { name })} autocomplete="off" />
    </td>
  )
}

/** Shows the bar; styles hide it until a row is ticked, and count the ticks. */
const SelectionBar = ({ more }: { more: boolean }) => {
  const { t } = useFrame()
  return (
    <div class="bottom-bar selection-bar">
      <p class="selection-count" data-selected={t('bulk.selected')} aria-live="polite">
        <span class="selection-words">{t('bulk.selected')}</span> <span class="selection-number" />
      </p>
      {more && (
        <span class="check">
          <input type="checkbox" id="select-all" name="all" autocomplete="off" />
          <label for="select-all">{t('bulk.all_matching')}</label>
        </span>
      )}
      <span class="push cluster">
        <button type="reset" class="quiet">
          {t('bulk.clear')}
        </button>
        <button type="submit" class="primary">
          <Icon name="send" />
          {t('bulk.send')}
        </button>
      </span>
    </div>
  )
}
