import type { HostedLink } from '../../db/hosted-links'
import { publicOf } from '../../domain/attachment'
import { balanceOf, settlementOf } from '../../domain/balance'
import { dateIn } from '../../domain/calendar'
import { displayName } from '../../domain/company'
import { amountDue, type DocumentState, documentState, documentStates } from '../../domain/document-state'
import type { Key } from '../../i18n'
import { formatBytes, formatDate, formatMoney } from '../../i18n/format'
import { routes } from '../../routes'
import { paidSentence, refersToSentence } from '../sheet/sheet-sentences'
import { SheetView } from '../sheet/sheet-view'
import { UploadView } from '../sheet/upload-view'
import { Badge, type Tone } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import type { IconName } from '../ui/icon-names'
import { DateText, Money } from '../ui/values'
import { PaymentDetails } from './payment-details'

interface Props {
  token: string
  link: HostedLink
  /** Kind and number of the document. */
  title: string
  now: number
}

/**
 * Shows a document to its customer: the amount due and how to pay it, the PDF, the document, and a contact for questions.
 */
export const HostedPage = ({ token, link, title, now }: Props) => {
  const { t } = useFrame()
  const today = dateIn(now, link.settings.timeZone)
  const state = documentState({ ...link, status: 'final' }, today)
  return (
    <div class="hosted" data-views={routes.hostedViews(token)}>
      {link.test && <p class="hosted-test">{t('hosted.test')}</p>}
      <section class="card hosted-summary">
        <header>
          <h1>{title}</h1>
          <div class="cluster">
            {documentStates({ ...link, status: 'final' }, today).map((badgeState) => (
              <StateBadge state={badgeState} />
            ))}
          </div>
        </header>
        <Amount link={link} state={state} />
        <form method="post" action={routes.hostedDownloads(token)} target="_self">
          <button type="submit" class="primary block">
            <Icon name="download" />
            {t('hosted.download')}
          </button>
        </form>
        <Files token={token} link={link} />
        {amountDue(link) > 0 && <PaymentDetails link={link} amount={amountDue(link)} />}
        <Questions link={link} title={title} />
      </section>
      <div class="hosted-sheet">
        {link.snapshot.upload ? (
          <UploadView snapshot={{ ...link.snapshot, number: link.number }} pdf={routes.hostedPdf(token)} />
        ) : (
          <SheetView snapshot={{ ...link.snapshot, number: link.number }} logo={routes.hostedLogo(token)} />
        )}
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

const Amount = ({ link, state }: { link: HostedLink; state: DocumentState }) => {
  const { t } = useFrame()
  const { currency } = link.snapshot
  const owed = amountDue(link) > 0
  return (
    <div>
      <p class="muted">{t(owed ? 'hosted.amount_due' : AMOUNT_LABELS[link.kind])}</p>
      <p class="hosted-amount">
        <Money amount={owed ? amountDue(link) : link.total} currency={currency} />
      </p>
      {owed && link.dueDate && (
        <p class={state === 'overdue' ? 'tone-bad' : 'muted'}>
          {t('hosted.due')} <DateText date={link.dueDate} style="long" />
        </p>
      )}
      <Settled link={link} />
      <PaymentFacts link={link} />
    </div>
  )
}

/** Shows that nothing is due, and why. */
const Settled = ({ link }: { link: HostedLink }) => {
  const { t, language } = useFrame()
  const balance = balanceOf(link, link.settings.timeZone)
  const settlement = settlementOf(link.kind, link.total, balance)
  if (!settlement) return null
  const date = balance.paidOn && formatDate(balance.paidOn, language)
  return <p class="muted">{t(`mail.settled.${settlement}`, { date })}</p>
}

const AMOUNT_LABELS: Record<HostedLink['kind'], Key> = {
  invoice: 'document.total',
  receipt: 'mail.receipt.amount',
  credit_note: 'mail.credit_note.amount',
}

/** Shows the payment of a receipt, the document that a credit note credits, and the credited amount of a document. */
const PaymentFacts = ({ link: { snapshot, credited, total } }: { link: HostedLink }) => {
  const { t, language } = useFrame()
  const { paid, refersTo, currency } = snapshot
  const partly = credited > 0 && credited < total
  return (
    <>
      {paid && <p class="muted">{paidSentence(t, language, paid)}</p>}
      {refersTo && <p class="muted">{refersToSentence(t, language, refersTo)}</p>}
      {partly && (
        <p class="muted">
          {t('hosted.credited', {
            total: formatMoney(total, currency, language),
            credited: formatMoney(credited, currency, language),
          })}
        </p>
      )}
    </>
  )
}

const LOOKS: Record<DocumentState, { tone: Tone; icon: IconName }> = {
  draft: { tone: 'idle', icon: 'circle-dashed' },
  open: { tone: 'busy', icon: 'clock' },
  overdue: { tone: 'bad', icon: 'circle-alert' },
  paid: { tone: 'good', icon: 'circle-check' },
  partly_credited: { tone: 'idle', icon: 'file-minus' },
  credited: { tone: 'idle', icon: 'file-x' },
  issued: { tone: 'idle', icon: 'file-check' },
}

const StateBadge = ({ state }: { state: DocumentState }) => {
  const { t } = useFrame()
  return <Badge {...LOOKS[state]}>{t(`hosted.state.${state}`)}</Badge>
}

/** Lists the attached files that the merchant made public. */
const Files = ({ token, link }: { token: string; link: HostedLink }) => {
  const { t, language } = useFrame()
  const files = publicOf(link.attachments)
  if (files.length === 0) return null
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title">{t('hosted.files')}</h2>
      <ul class="attachments">
        {files.map(({ id, name, bytes }) => (
          <li>
            <Icon name="paperclip" />
            <div>
              <a href={routes.hostedAttachment(token, id)} class="break-all" download>
                {name}
              </a>
              <div class="muted small">{formatBytes(bytes, language)}</div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
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
