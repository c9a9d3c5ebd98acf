import type { StoredDocument } from '../../../db/documents'
import type { Totals } from '../../../domain/document'
import type { Labels } from '../../../domain/labels'
import { routes } from '../../../routes'
import { Breadcrumb } from '../../ui/breadcrumb'
import { Conflict, type Difference } from '../../ui/conflict'
import { Checkbox, ErrorSummary, Field, TextArea } from '../../ui/form'
import { FormAccount } from '../../ui/form-account'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'
import { DRAFT_TITLES, NEW_TITLES } from '../../ui/new-document'
import { ContactPicker, type PickerProps } from './contact-picker'
import { CurrencySelect, LanguageSelect } from './content-selects'
import { CreditedNotice } from './credited-notice'
import { DateFields } from './date-fields'
import type { DocumentForm } from './document-form'
import { LineFields } from './line-fields'
import { TaxReasonFields } from './tax-reason-fields'
import { TotalsPanel } from './totals-panel'

export interface FormProps extends Pick<PickerProps, 'contact' | 'matches'> {
  form: DocumentForm
  /** Values and errors of the fields. */
  state: FormState
  /** Labels of the fields that have errors. */
  labels: Record<string, string>
  totals: Totals
  /** Differences between this draft and the version that another person saved in the meantime. */
  differences?: Difference[] | undefined
  focus?: string | undefined
  /** Labels of the document that this draft becomes. */
  documentLabels: Labels
  /** The document that a credit note credits. */
  credited?: StoredDocument | undefined
  /** Id of another account to which a credit note's form belongs; the document that it credits can't be shown here. */
  bound?: string | undefined
}

export const DocumentFormPage = (props: FormProps) => {
  const { t } = useFrame()
  const { version, kind } = props.form
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={props.bound ? routes.documents : cancelPath(props.form)}>
            {version ? t(DRAFT_TITLES[kind]) : (props.credited?.number ?? t('documents.title'))}
          </Breadcrumb>
          <h1>{t(version ? 'documents.edit' : NEW_TITLES[kind])}</h1>
        </div>
      </header>
      <DocumentFormView {...props} />
    </>
  )
}

/** Shows the whole form. Each of its buttons returns it again. */
export const DocumentFormView = (props: FormProps) => {
  const { t } = useFrame()
  const { form, state, labels, totals, differences, credited } = props
  const { id, kind, version, typed } = form
  return (
    <form
      method="post"
      action={version ? routes.document(id) : routes.documents}
      class="stack document-form"
      id="document-form"
      novalidate
    >
      {/* Hidden, and first in the form, because Enter in a field presses the first button. */}
      <button type="submit" class="visually-hidden" tabindex={-1}>
        {t('documents.save_draft')}
      </button>
      {differences && <Conflict differences={differences} />}
      <ErrorSummary form={state} labels={labels} />
      <FormAccount bound={props.bound} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="kind" value={kind} />
      {form.refersTo && <input type="hidden" name="refersTo" value={form.refersTo} />}
      {credited && <CreditedNotice credited={credited} />}
      <input type="hidden" name="version" value={String(version)} />
      <div class="document-head">
        <section class="card">
          <ContactPicker
            {...props}
            newContact={form.newContact}
            fixedName={credited?.contactName ?? (props.bound && '–')}
          />
        </section>
        <section class="card">
          <DateFields state={state} kind={kind} />
        </section>
      </div>
      <section class="card stack">
        <LineFields
          {...props}
          lines={typed.lines}
          adjustments={typed.adjustments}
          discounts={form.discounts}
          currency={typed.currency}
        />
        <div class="lines-foot">
          <PriceFields state={state} fixedCurrency={credited?.currency} />
          <TotalsPanel totals={totals} currency={typed.currency} />
        </div>
        <TaxReasonFields state={state} typed={typed} documentLabels={props.documentLabels} />
      </section>
      <section class="card">
        <MoreFields state={state} />
      </section>
      <FormActions form={form} />
    </form>
  )
}

/** Shows fields that affect every amount: a change updates the totals. */
const PriceFields = ({ state, fixedCurrency }: { state: FormState; fixedCurrency?: string | undefined }) => {
  const { t } = useFrame()
  return (
    <div
      class="stack"
      hx-post={routes.documentForm}
      hx-trigger="input"
      hx-target="#totals"
      hx-swap="outerHTML"
      hx-include="closest form"
    >
      {fixedCurrency ? (
        <input type="hidden" name="currency" value={fixedCurrency} />
      ) : (
        <CurrencySelect form={state} name="currency" />
      )}
      <Checkbox form={state} name="pricesIncludeTax" label={t('documents.prices_include_tax')} />
    </div>
  )
}

const MoreFields = ({ state }: { state: FormState }) => {
  const { t } = useFrame()
  return (
    <fieldset class="form-group">
      <legend>{t('documents.more')}</legend>
      <div class="field-row">
        <Field form={state} name="supplyFrom" type="date" label={t('documents.supply_from')} />
        <Field form={state} name="supplyTo" type="date" label={t('documents.supply_to')} />
        <Field form={state} name="orderNumber" label={t('document.orderNumber')} maxlength={200} />
        <Field form={state} name="buyerReference" label={t('documents.buyer_reference')} maxlength={200} />
        <LanguageSelect form={state} name="language" />
      </div>
      <TextArea
        form={state}
        name="notes"
        label={t('document.notes')}
        hint={t('documents.notes.hint')}
        maxlength={4000}
      />
    </fieldset>
  )
}

/** Returns the page to which *Cancel* leads. */
const cancelPath = ({ id, version, refersTo }: DocumentForm): string => {
  if (version) return routes.document(id)
  return refersTo ? routes.document(refersTo) : routes.documents
}

const FormActions = ({ form }: { form: DocumentForm }) => {
  const { t } = useFrame()
  return (
    <div class="bottom-bar">
      <button type="submit" class="primary">
        {t('documents.save_draft')}
      </button>
      <a href={cancelPath(form)}>{t('form.cancel')}</a>
    </div>
  )
}
