import { type DocumentKind, PAYMENT_METHODS } from '../../../domain/document'
import { capitalised } from '../../../i18n/format'
import { Field, Select } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'

interface Props {
  state: FormState
  kind: DocumentKind
}

/** Shows fields for the issue date, and for an invoice's due date or a receipt's payment. */
export const DateFields = ({ state, kind }: Props) => {
  const { t } = useFrame()
  return (
    <fieldset class="form-group">
      <legend>{t(kind === 'receipt' ? 'documents.payment' : 'documents.dates')}</legend>
      {kind === 'receipt' && <PaymentFields state={state} />}
      <Field
        form={state}
        name="issueDate"
        type="date"
        label={t('document.issueDate')}
        hint={t('documents.issue_date.hint')}
      />
      {kind === 'invoice' && <TermsFields state={state} />}
    </fieldset>
  )
}

const TermsFields = ({ state }: { state: FormState }) => {
  const { t } = useFrame()
  return (
    <div class="field-row">
      <Field
        form={state}
        name="paymentTermsDays"
        label={t('documents.terms')}
        inputmode="numeric"
        numeric
        hint={t('documents.terms.hint')}
      />
      <Field form={state} name="dueDate" type="date" label={t('documents.due_date')} />
    </div>
  )
}

const PaymentFields = ({ state }: { state: FormState }) => {
  const { t, language } = useFrame()
  // The labels are lower-case because sentences contain them too.
  const methods = PAYMENT_METHODS.map((value) => ({
    value,
    label: capitalised(t(`payment_method.${value}`), language),
  }))
  return (
    <div class="field-row">
      <Field form={state} name="paidOn" type="date" label={t('documents.paid_on')} hint={t('documents.paid_on.hint')} />
      <Select
        form={state}
        name="paymentMethod"
        label={t('documents.payment_method')}
        options={[{ value: '', label: t('documents.payment_method.none') }, ...methods]}
      />
    </div>
  )
}
