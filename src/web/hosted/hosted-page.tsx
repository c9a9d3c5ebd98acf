import type { HostedLink } from '../../db/hosted-links'
import { dateIn } from '../../domain/calendar'
import { displayName } from '../../domain/company'
import { type DocumentState, documentState } from '../../domain/document-state'
import { routes } from '../../routes'
import { PaperView } from '../paper/paper-view'
import { Badge, type Tone } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import type { IconName } from '../ui/icon-names'
import { DateText, Money } from '../ui/values'
import { PaymentDetails } from './payment-details'

interface Props {
  token: string
  link: HostedLink
  /** Kind and number. */
  title: string
  now: number
}

/** One document for one customer: what is owed and how to pay it, the file, the paper itself, whom to ask. */
export const HostedPage = ({ token, link, title, now }: Props) => {
  const { t } = useFrame()
  const state = documentState({ ...link, status: 'final' }, dateIn(now, link.settings.timeZone))
  return (
    <div class="hosted" data-views={routes.hostedViews(token)}>
      {link.test && <p class="hosted-test">{t('hosted.test')}</p>}
      <section class="card hosted-summary">
        <header>
          <h1>{title}</h1>
          <StateBadge state={state} />
        </header>
        <Amount link={link} state={state} />
        <form method="post" action={routes.hostedDownloads(token)} target="_self">
          <button type="submit" class="primary block">
            <Icon name="download" />
            {t('hosted.download')}
          </button>
        </form>
        {isOwed(link, state) && <PaymentDetails link={link} amount={amountDue(link)} />}
        <Questions link={link} title={title} />
      </section>
      <div class="hosted-paper">
        <PaperView paper={{ ...link.paper, number: link.number }} />
      </div>
      <footer class="hosted-footer muted small">
        <a href={routes.hostedUnsubscription(token)}>
          {t('hosted.unsubscribe', { company: displayName(link.company) })}
        </a>
        <span>{t('hosted.sent_with')}</span>
      </footer>
    </div>
  )
}

const amountDue = ({ total, credited }: HostedLink): number => total - credited

const isOwed = (link: HostedLink, state: DocumentState): boolean =>
  link.kind === 'invoice' && state !== 'paid' && amountDue(link) > 0

const Amount = ({ link, state }: { link: HostedLink; state: DocumentState }) => {
  const { t } = useFrame()
  const { currency } = link.paper
  const owed = isOwed(link, state)
  return (
    <div>
      <p class="muted">{t(owed ? 'hosted.amount_due' : 'document.total')}</p>
      <p class="hosted-amount">
        <Money amount={owed ? amountDue(link) : link.total} currency={currency} />
      </p>
      {owed && link.dueDate && (
        <p class={state === 'overdue' ? 'tone-bad' : 'muted'}>
          {t('hosted.due')} <DateText date={link.dueDate} style="long" />
        </p>
      )}
    </div>
  )
}

const LOOKS: Record<DocumentState, { tone: Tone; icon: IconName }> = {
  draft: { tone: 'idle', icon: 'circle-dashed' },
  open: { tone: 'busy', icon: 'clock' },
  overdue: { tone: 'bad', icon: 'circle-alert' },
  paid: { tone: 'good', icon: 'circle-check' },
}

const StateBadge = ({ state }: { state: DocumentState }) => {
  const { t } = useFrame()
  return <Badge {...LOOKS[state]}>{t(`hosted.state.${state}`)}</Badge>
}

const Questions = ({ link, title }: { link: HostedLink; title: string }) => {
  const { t } = useFrame()
  const { email } = link.company
  return (
    <p class="hosted-questions">
      <Icon name="mail" />
      <span>
        {t('hosted.questions', { company: displayName(link.company) })}{' '}
        <a href={`mailto:${email}?subject=${encodeURIComponent(title)}`}>{email}</a>
      </span>
    </p>
  )
}
