import type { TypedAdjustment } from '../../../domain/typed-content'
import { Field, FieldError, Select } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { ActButton } from './act-button'
import { rowField } from './row-field'
import { useTaxOptions } from './tax-options'

interface Props {
  state: FormState
  adjustments: TypedAdjustment[]
  focus?: string | undefined
}

/** Shows discounts and surcharges on the whole document; nothing where there are none. */
export const AdjustmentFields = ({ state, adjustments, focus }: Props) => {
  const { t } = useFrame()
  if (adjustments.length === 0) return null
  return (
    <fieldset class="adjustments" id="adjustments">
      <legend class="strong">{t('documents.adjustments')}</legend>
      {adjustments.map((adjustment, index) => (
        <AdjustmentRow {...{ state, adjustment, index, focus }} />
      ))}
      <p class="hint">{t('documents.adjustment.hint')}</p>
      <FieldError form={state} name="adjustments" />
    </fieldset>
  )
}

interface RowProps extends Omit<Props, 'adjustments'> {
  adjustment: TypedAdjustment
  index: number
}

const AdjustmentRow = ({ state, adjustment, index, focus }: RowProps) => {
  const { t } = useFrame()
  const number = index + 1
  const field = rowField({ state, row: `adjustments.${index}`, focus })
  const kinds = (['allowance', 'charge'] as const).map((value) => ({ value, label: t(`document.${value}`) }))
  return (
    <fieldset class="adjustment">
      <legend class="visually-hidden">{t('documents.adjustment', { number })}</legend>
      <Select {...field('type')} label={t('documents.adjustment.type')} options={kinds} />
      <Field {...field('reason')} label={t('documents.adjustment.reason')} maxlength={200} />
      <Select {...field('tax')} label={t('documents.line.tax')} options={useTaxOptions(adjustment.tax)} />
      <Field {...field('amount')} label={t('documents.amount')} numeric />
      <ActButton
        act={`adjustment:remove:${index}`}
        class="quiet icon-only"
        label={t('documents.adjustment.remove', { number })}
      >
        <Icon name="trash-2" />
      </ActButton>
    </fieldset>
  )
}
