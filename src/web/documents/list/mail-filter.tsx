import { MAIL_STATE_LOOKS } from '../../ui/badge'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { type ListQuery, listPath, MAIL_FILTERS, type MailChoice } from './list-query'

const LOOKS = { ...MAIL_STATE_LOOKS, kept_back: { icon: 'triangle-alert', tone: 'warn' } } as const

/** Filters by mail state. One chip opens the choice, since eight chips would crowd the page. */
export const MailFilter = ({ query }: { query: ListQuery }) => {
  const { t } = useFrame()
  const { mail } = query
  const labelOf = (state: MailChoice): string =>
    state === 'kept_back' ? t('documents.filter.kept_back') : t(`mail_state.${state}`)
  return (
    <details class="menu filter-menu">
      <summary class="chip" aria-current={mail ? 'true' : undefined}>
        <Icon name={mail ? LOOKS[mail].icon : 'mail'} />
        {mail ? labelOf(mail) : t('documents.filter.mail')}
        <Icon name="chevron-down" />
      </summary>
      <div class="menu-items">
        <a href={listPath(query, { mail: undefined })} aria-current={mail ? undefined : 'true'}>
          <Icon name="mails" />
          {t('documents.filter.mail.any')}
        </a>
        {MAIL_FILTERS.map((state) => (
          <a href={listPath(query, { mail: state })} aria-current={mail === state ? 'true' : undefined}>
            <Icon name={LOOKS[state].icon} class={`tone-${LOOKS[state].tone}`} />
            {labelOf(state)}
          </a>
        ))}
      </div>
    </details>
  )
}
