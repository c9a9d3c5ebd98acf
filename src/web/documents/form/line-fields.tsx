import type { Totals } from '../../../domain/document'
import { MAX_ADJUSTMENTS, MAX_LINES } from '../../../domain/document-content'
import type { TypedAdjustment, TypedLine } from '../../../domain/typed-content'
import { UNIT_CODES } from '../../../domain/units'
import { unitName } from '../../../i18n'
import { routes } from '../../../routes'
import { Field, FieldError, type Option, Select, TextArea } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { Money } from '../../ui/values'
import { ActButton } from './act-button'
import { AdjustmentFields } from './adjustment-fields'
import { rowField } from './row-field'
import { useTaxOptions } from './tax-options'

export interface LinesProps {
  state: FormState
  lines: TypedLine[]
  adjustments: TypedAdjustment[]
  /** True if lines have a field for a discount. */
  discounts: boolean
  currency: string
  totals: Totals
  /** Name of the field to focus. */
  focus?: string | undefined
}

/** Shows the lines; while a person types, the server computes the totals. */
export const LineFields = (props: LinesProps) => {
  const { state, lines, adjustments, discounts, currency, totals, focus } = props
  const { t } = useFrame()
  return (
    <fieldset
      class={discounts ? 'lines discounted' : 'lines'}
      id="lines"
      hx-post={routes.documentForm}
      hx-trigger="input delay:300ms"
      hx-target="#totals"
      hx-swap="outerHTML"
      hx-include="closest form"
      hx-sync="this:replace"
    >
      <legend class="visually-hidden">{t('documents.lines')}</legend>
      {discounts && <input type="hidden" name="discounts" value="on" />}
      <LineHead discounts={discounts} />
      {lines.map((line, index) => (
        <LineRow
          {...{ state, line, index, discounts, currency, focus }}
          last={index === lines.length - 1}
          amount={totals.lineAmounts[index] ?? 0}
        />
      ))}
      {discounts && (
        <p class="hint">
          {t('document.allowance')}: {t('documents.line.discount.hint')}
        </p>
      )}
      <FieldError form={state} name="lines" />
      <AdjustmentFields {...props} />
      <div class="cluster">
        <ActButton act="line:add" class="small" disabled={lines.length >= MAX_LINES}>
          <Icon name="plus" />
          {t('documents.line.add')}
        </ActButton>
        {!discounts && (
          <ActButton act="discount:show" class="small quiet">
            <Icon name="percent" />
            {t('documents.discounts')}
          </ActButton>
        )}
        <ActButton act="adjustment:add" class="small quiet" disabled={adjustments.length >= MAX_ADJUSTMENTS}>
          <Icon name="plus" />
          {t('documents.adjustment.add')}
        </ActButton>
      </div>
    </fieldset>
  )
}

const LineHead = ({ discounts }: { discounts: boolean }) => {
  const { t } = useFrame()
  return (
    <div class="line line-head" aria-hidden="true">
      <span>{t('document.column.description')}</span>
      <span class="end">{t('document.column.quantity')}</span>
      <span>{t('documents.line.unit')}</span>
      <span class="end">{t('document.column.unitPrice')}</span>
      <span>{t('documents.line.tax')}</span>
      {discounts && <span class="end">{t('document.allowance')}</span>}
      <span class="end">{t('documents.amount')}</span>
      <span />
    </div>
  )
}

interface RowProps extends Omit<LinesProps, 'lines' | 'adjustments' | 'totals'> {
  line: TypedLine
  index: number
  last: boolean
  amount: number
}

const LineRow = ({ state, line, index, discounts, currency, focus, last, amount }: RowProps) => {
  const { t, language } = useFrame()
  const field = rowField({ state, row: `lines.${index}`, focus })
  return (
    <fieldset class="line">
      <legend class="visually-hidden">{t('documents.line', { number: index + 1 })}</legend>
      <input type="hidden" name={`lines.${index}.id`} value={line.id} />
      <TextArea {...field('description')} label={t('document.column.description')} rows={1} class="line-description" />
      <Field {...field('quantity')} label={t('document.column.quantity')} inputmode="decimal" numeric />
      <Select {...field('unit')} label={t('documents.line.unit')} options={unitOptions(line.unit, language)} />
      <Field {...field('unitPrice')} label={t('document.column.unitPrice')} inputmode="decimal" numeric />
      <Select {...field('tax')} label={t('documents.line.tax')} options={useTaxOptions(line.tax)} />
      {discounts && (
        <Field
          {...field('discount')}
          label={t('document.allowance')}
          numeric
          placeholder="%"
          class="line-discount"
          attributes={{ ...field('discount').attributes, title: t('documents.line.discount.hint') }}
        />
      )}
      <LineAmount id={line.id} amount={amount} currency={currency} />
      <LineActs index={index} last={last} />
    </fieldset>
  )
}

/** @param swap true in a response with totals: replaces the amount on the page */
export const LineAmount = ({
  id,
  amount,
  currency,
  swap,
}: {
  id: string
  amount: number
  currency: string
  swap?: boolean
}) => (
  <output class="line-amount" id={`amount-${id}`} {...(swap ? { 'hx-swap-oob': 'true' } : {})}>
    <Money amount={amount} currency={currency} />
  </output>
)

const LineActs = ({ index, last }: { index: number; last: boolean }) => {
  const { t } = useFrame()
  const number = index + 1
  return (
    <div class="line-acts">
      <ActButton
        act={`line:up:${index}`}
        class="quiet icon-only"
        label={t('documents.line.up', { number })}
        disabled={index === 0}
      >
        <Icon name="arrow-up" />
      </ActButton>
      <ActButton
        act={`line:down:${index}`}
        class="quiet icon-only"
        label={t('documents.line.down', { number })}
        disabled={last}
      >
        <Icon name="arrow-down" />
      </ActButton>
      <ActButton act={`line:remove:${index}`} class="quiet icon-only" label={t('documents.line.remove', { number })}>
        <Icon name="trash-2" />
      </ActButton>
    </div>
  )
}

function unitOptions(current: string, language: Parameters<typeof unitName>[0]): Option[] {
  const codes: string[] =
    current && !UNIT_CODES.some((code) => code === current) ? [current, ...UNIT_CODES] : [...UNIT_CODES]
  return codes.map((value) => ({ value, label: unitName(language, value, 1) }))
}
