import type { Key } from '../../i18n'
import { useFrame } from './frame'

interface Props {
  /** Path of the first page; absent on the first page. */
  first?: string | undefined
  next?: string | undefined
  nextLabel?: Key
  /** Explains why the page is not full. */
  note?: string | false | undefined
}

/** Links to the first and the next page of a list; shows nothing on the only page. */
export const Pages = ({ first, next, nextLabel = 'list.next', note }: Props) => {
  const { t } = useFrame()
  if (!first && !next) return null
  return (
    <nav class="pagination" aria-label={t('list.pages')}>
      {first ? <a href={first}>{t('list.first')}</a> : <span />}
      {note && <span class="muted">{note}</span>}
      {next && (
        <a href={next} rel="next">
          {t(nextLabel)}
        </a>
      )}
    </nav>
  )
}
