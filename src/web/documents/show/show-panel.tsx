import { dateIn } from '../../../domain/calendar'
import { leftToCredit } from '../../../domain/credit-note'
import { amountDue, documentState, documentStates } from '../../../domain/document-state'
import { formatDate, formatMoney } from '../../../i18n/format'
import { routes } from '../../../routes'
import { Field } from '../../ui/form'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useMay } from '../../ui/may'
import { DocumentStateBadge } from '../../ui/state-badge'
import { Money } from '../../ui/values'
import { Envelope } from './envelope'
import { SendLink } from './send-link'
import { ShowMenu } from './show-menu'
import type { ShowProps } from './show-props'

/** Shows amount and state, and the primary action. */
export const ShowPanel = (props: ShowProps) => {
  const { document, today } = props.loaded
  return (
    <section class="card show-panel">
      <div class="cluster">
        {documentStates(document, today).map((state) => (
          <DocumentStateBadge state={state} />
        ))}
        <Envelope activity={props.activity} />
        <ShowMenu {...props} />
      </div>
      <div>
        <Headline {...props} />
        <StateSentence {...props} />
        <CreditSentence {...props} />
      </div>
      <Actions {...props} />
      <Payment {...props} />
    </section>
  )
}

/** Shows the amount due of an issued invoice, with its total where that differs; the total of other documents. */
const Headline = ({ loaded: { document, snapshot } }: ShowProps) => {
  const { t, language } = useFrame()
  const { total } = snapshot.totals
  const owed = document.kind === 'invoice' && document.status === 'final'
  const amount = owed ? amountDue(document) : total
  return (
    <>
      {owed && <p class="muted small">{t('documents.left_to_pay')}</p>}
      <div class="show-amount">
        <Money amount={amount} currency={snapshot.currency} />
      </div>
      {amount !== total && (
        <p class="muted">{t('documents.of_total', { total: formatMoney(total, snapshot.currency, language) })}</p>
      )}
    </>
  )
}

const StateSentence = ({ loaded: { document, snapshot, settings, today } }: ShowProps) => {
  const { t, language } = useFrame()
  const state = documentState(document, today)
  const paidOn = document.paidAt === null ? '' : dateIn(document.paidAt, settings.timeZone)
  if (state === 'credited' || state === 'issued') return null
  const date = state === 'paid' ? paidOn : snapshot.dueDate
  if (!date) return null
  return <p class="muted">{t(`documents.sentence.${state}`, { date: formatDate(date, language) })}</p>
}

/** Shows the amount that was credited; for the draft of a credit note, the amount that may be credited. */
const CreditSentence = ({ loaded: { document, original } }: ShowProps) => {
  const { t, language } = useFrame()
  const money = (amount: number) => formatMoney(amount, document.currency, language)
  if (original) return <p class="muted">{t('documents.credit.left', { amount: money(leftToCredit(original)) })}</p>
  const { credited } = document
  if (credited === 0) return null
  return (
    <p class="muted">{t('documents.credited', { credited: money(credited), left: money(leftToCredit(document)) })}</p>
  )
}

/** Offers to send the document; a draft may also be edited, or finalised without sending. */
const Actions = ({ loaded: { document }, activity }: ShowProps) => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  const { id, status, version } = document
  return (
    <div class="stack tight">
      <SendLink document={document} sends={activity.sends} />
      {status === 'draft' && (
        <div class="button-row">
          <a class="button" href={routes.documentEdit(id)}>
            <Icon name="pencil" />
            {t('documents.edit.short')}
          </a>
          <form method="post" action={routes.documentFinalisation(id)}>
            <input type="hidden" name="version" value={String(version)} />
            <button type="submit" class="block" title={t('documents.finalise.hint')}>
              <Icon name="file-check" />
              {t('documents.finalise')}
            </button>
          </form>
        </div>
      )}
    </div>
  )
}

const Payment = ({ loaded: { document, today }, paymentForm: form }: ShowProps) => {
  const { t } = useFrame()
  if (!useMay('member') || document.status === 'draft' || document.kind !== 'invoice') return null
  if (document.paidAt !== null)
    return (
      <form method="post" action={routes.documentPaymentReversal(document.id)}>
        <button type="submit" class="small">
          <Icon name="undo-2" />
          {t('documents.mark_unpaid')}
        </button>
      </form>
    )
  if (amountDue(document) === 0 && document.total > 0) return null
  return (
    <details class="show-payment" open={'paidOn' in form.errors}>
      <summary>{t('documents.mark_paid')}</summary>
      <form method="post" action={routes.documentPayment(document.id)} class="cluster">
        <Field
          form={form.values.paidOn === undefined ? { ...form, values: { paidOn: today } } : form}
          name="paidOn"
          type="date"
          label={t('documents.paid_on')}
          attributes={{ max: today }}
          required
        />
        <button type="submit">
          <Icon name="check" />
          {t('documents.mark_paid.confirm')}
        </button>
      </form>
    </details>
  )
}
