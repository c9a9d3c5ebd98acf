import { MAIL_STATES } from '../../domain/delivery'
import { MAIL_STATE_LOOKS } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { type ListQuery, listPath } from './list-query'

/** Filters by what became of the mail: one chip that opens, so that seven states don't crowd the page. */
export const MailFilter = ({ query }: { query: ListQuery }) => {
  const { t } = useFrame()
  const { mail } = query
  return (
    <details class="menu filter-menu">
      <summary class="chip" aria-current={mail ? 'true' : undefined}>
        <Icon name={mail ? MAIL_STATE_LOOKS[mail].icon : 'mail'} />
        {mail ? t(`mail_state.${mail}`) : t('documents.filter.mail')}
        <Icon name="chevron-down" />
      </summary>
      <div class="menu-items">
        <a href={listPath(query, { mail: undefined })} aria-current={mail ? undefined : 'true'}>
          <Icon name="mails" />
          {t('documents.filter.mail.any')}
        </a>
        {MAIL_STATES.map((state) => (
          <a href={listPath(query, { mail: state })} aria-current={mail === state ? 'true' : undefined}>
            <Icon name={MAIL_STATE_LOOKS[state].icon} class={`tone-${MAIL_STATE_LOOKS[state].tone}`} />
            {t(`mail_state.${state}`)}
          </a>
        ))}
      </div>
    </details>
  )
}
