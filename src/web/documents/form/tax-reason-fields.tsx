import type { Labels } from '../../../domain/labels'
import {
  isReasonOf,
  type ReasonCategory,
  reasonsOf,
  usedReasonCategories,
  usualReason,
} from '../../../domain/tax-reasons'
import type { TypedContent } from '../../../domain/typed-content'
import { taxReasonIn } from '../../../i18n/tax-reasons'
import { routes } from '../../../routes'
import { Select, TextArea } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'
import { taxOfOption } from './tax-options'

interface Props {
  state: FormState
  typed: TypedContent
  /** Labels of the document that this draft becomes. */
  documentLabels: Labels
}

/** Returns the categories of a form's taxes that need a reason. */
export const reasonCategoriesIn = ({ lines, adjustments }: TypedContent): ReasonCategory[] =>
  usedReasonCategories([...lines, ...adjustments].map(({ tax }) => taxOfOption(tax)))

/** Shows fields for the reasons for untaxed amounts, filled with the texts that the document would have. */
export const TaxReasonFields = ({ state, typed, documentLabels }: Props) => {
  const { t } = useFrame()
  const used = reasonCategoriesIn(typed)
  return (
    <div id="tax-reasons" hidden={used.length === 0}>
      {used.length > 0 && (
        <fieldset class="tax-reasons">
          <legend class="strong">{t('documents.tax_reasons')}</legend>
          {used.map((category) => (
            <ReasonFields {...{ state, typed, documentLabels, category }} />
          ))}
        </fieldset>
      )}
    </div>
  )
}

const ReasonFields = ({ state, typed, documentLabels, category }: Props & { category: ReasonCategory }) => {
  const { t, signedIn } = useFrame()
  const typedReason = typed.taxReasons[category]
  const reason = isReasonOf(category, typedReason?.reason)
    ? typedReason.reason
    : usualReason(category, signedIn?.settings.taxRates ?? [])
  const suggested = signedIn ? taxReasonIn(documentLabels, reason, signedIn.company) : ''
  const text = typedReason?.text || suggested
  const name = (field: string) => `taxReasons.${category}.${field}`
  const form = {
    errors: state.errors,
    values: { ...state.values, [name('reason')]: reason, [name('text')]: text },
  }
  const options = reasonsOf(category).map((value) => ({ value, label: t(`tax_reason_name.${value}`) }))
  const updateReasons = { 'hx-post': routes.documentForm, 'hx-target': '#tax-reasons', 'hx-swap': 'outerHTML' }
  return (
    <div class="tax-reason-fields">
      {options.length > 1 && (
        <Select
          form={form}
          name={name('reason')}
          label={t(`document.taxCategory.${category}`)}
          options={options}
          attributes={{ ...updateReasons, 'hx-include': 'closest form' }}
        />
      )}
      <TextArea
        form={form}
        name={name('text')}
        label={options.length > 1 ? t('documents.tax_reason.text') : t(`document.taxCategory.${category}`)}
        rows={2}
        maxlength={500}
      />
      <input type="hidden" name={name('suggested')} value={suggested} />
    </div>
  )
}
