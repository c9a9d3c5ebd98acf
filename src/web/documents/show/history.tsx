import type { Child } from 'hono/jsx'
import type { Key } from '../../../i18n'
import { formatDate, formatMoney, formatTime } from '../../../i18n/format'
import { reasonText } from '../../../i18n/reason'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { ExactTime, Time } from '../../ui/values'
import { type Activity, timelineOf } from './timeline'
import type { TimelineDetails, TimelineEntry } from './timeline-entry'

/** Shows the timeline at the bottom of a document: sentences, newest first, with folded details. */
export const History = ({ activity }: { activity: Activity }) => {
  const { t } = useFrame()
  return (
    <section class="stack" id="history" aria-labelledby="history-title">
      <h2 id="history-title">{t('history.title')}</h2>
      <ol class="timeline">
        {timelineOf(activity, t('history.someone'), t('deliveries.address_forgotten')).map((entry) => (
          <Entry entry={entry} documentId={activity.document.id} />
        ))}
      </ol>
    </section>
  )
}

const Entry = ({ entry, documentId }: { entry: TimelineEntry; documentId: string }) => {
  const { t } = useFrame()
  return (
    <li>
      <Icon name={entry.icon} class={`tone-${entry.tone}`} />
      <p class="break-all">
        <Sentence entry={entry} />
        {entry.deliveredAt !== undefined && (
          <>
            {' · '}
            {t('history.delivered')} <Time at={entry.deliveredAt} />
          </>
        )}
      </p>
      <p class="muted small">
        <Time at={entry.at} />
      </p>
      {entry.details && <Details details={entry.details} id={entry.id} documentId={documentId} />}
    </li>
  )
}

/** Placeholder for a number that becomes a link; no text contains it. */
const LINK = '\u0000'

const Sentence = ({ entry: { text, params, times = {}, money, documentId } }: { entry: TimelineEntry }) => {
  const { t, language, timeZone } = useFrame()
  const moments = Object.entries(times).map(([name, at]) => [name, formatTime(at, language, timeZone)])
  const date = params.date ? formatDate(params.date, language) : ''
  const amount = money ? formatMoney(money.amount, money.currency, language) : ''
  const number = documentId && params.number ? LINK : (params.number ?? '')
  const [before, after] = t(text, { ...params, number, amount, date, ...Object.fromEntries(moments) }).split(LINK)
  if (after === undefined || !documentId) return <>{before}</>
  return (
    <>
      {before}
      <a href={routes.document(documentId)}>{params.number}</a>
      {after}
    </>
  )
}

interface DetailsProps {
  details: TimelineDetails
  id: string
  documentId: string
}

const Details = ({ details, id, documentId }: DetailsProps) => {
  const { t } = useFrame()
  const { reason, serverText, attempt, nextAt, mailOf, pdfSha256, sender } = details
  const sentence = reasonText(t, reason)
  return (
    <details class="small" id={`details-${id}`}>
      <summary>{t('history.details')}</summary>
      {sentence && <p>{sentence}</p>}
      <dl class="facts">
        {serverText && <Fact label="history.server_text" value={<samp class="break-all">{serverText}</samp>} />}
        {attempt !== undefined && <Fact label="history.attempt" value={attempt} />}
        {nextAt !== undefined && <Fact label="history.next_attempt" value={<ExactTime at={nextAt} />} />}
        {pdfSha256 && (
          <Fact
            label="history.pdf"
            value={
              <>
                <a href={routes.documentPdf(documentId)}>{t('history.pdf.open')}</a>
                <br />
                SHA-256 <code class="break-all">{pdfSha256}</code>
              </>
            }
          />
        )}
        {sender !== undefined && <Fact label="mail_header.from" value={sender ?? t('deliveries.from_platform')} />}
        {mailOf && (
          <Fact
            label="history.mail"
            value={<a href={routes.deliveryMail(documentId, mailOf)}>{t('history.mail.open')}</a>}
          />
        )}
      </dl>
    </details>
  )
}

const Fact = ({ label, value }: { label: Key; value: Child }) => {
  const { t } = useFrame()
  return (
    <>
      <dt>{t(label)}</dt>
      <dd>{value}</dd>
    </>
  )
}
