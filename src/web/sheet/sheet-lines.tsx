import type { Adjustment, Line } from '../../domain/document'
import { toMinor } from '../../domain/money'
import { adjustmentBase } from '../../domain/totals'
import type { SheetProps } from './sheet-parts'

/** Shows the lines, then charges and allowances on the whole, then the totals. */
export const SheetLines = ({ snapshot, labels }: SheetProps) => {
  const { t } = labels
  const { lines, adjustments } = snapshot.content
  return (
    <>
      <table class="sheet-lines">
        <thead>
          <tr>
            <th scope="col">{t('document.column.description')}</th>
            <th scope="col" class="number">
              {t('document.column.quantity')}
            </th>
            <th scope="col" class="number">
              {t('document.column.unitPrice')}
            </th>
            <th scope="col" class="number">
              {t('document.column.tax')}
            </th>
            <th scope="col" class="number">
              {t('document.column.amount', { currency: snapshot.currency })}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <LineRow line={line} amount={snapshot.totals.lineAmounts[index] ?? 0} labels={labels} />
          ))}
          {adjustments.map((adjustment) => (
            <AdjustmentRow adjustment={adjustment} snapshot={snapshot} labels={labels} />
          ))}
        </tbody>
      </table>
      <SheetTotals snapshot={snapshot} labels={labels} />
    </>
  )
}

type RowLabels = Pick<SheetProps, 'labels'>

const LineRow = ({ line, amount, labels }: RowLabels & { line: Line; amount: number }) => {
  const { discount } = line
  const value =
    discount && (discount.type === 'percent' ? labels.percent(discount.value) : labels.price(discount.value))
  return (
    <tr>
      <td class="sheet-description">
        {line.description}
        {value && <div class="sheet-remark">{labels.t('document.discount', { value })}</div>}
      </td>
      <td class="number">{labels.quantity(line.quantity, line.unit)}</td>
      <td class="number">{labels.price(line.unitPrice)}</td>
      <td class="number">{labels.percent(line.taxRate)}</td>
      <td class="number">{labels.amount(amount)}</td>
    </tr>
  )
}

const AdjustmentRow = ({ adjustment, snapshot, labels }: SheetProps & { adjustment: Adjustment }) => {
  const { percent } = adjustment
  const minor = toMinor(adjustment.amount, snapshot.currency)
  const base = () => labels.amount(adjustmentBase(snapshot.content, adjustment))
  return (
    <tr>
      <td class="sheet-description">
        {adjustment.reason || labels.t(`document.${adjustment.type}`)}
        {percent !== undefined && (
          <div class="sheet-remark">
            {labels.t('document.percent_of', { percent: labels.percent(percent), amount: base() })}
          </div>
        )}
      </td>
      <td />
      <td />
      <td class="number">{labels.percent(adjustment.taxRate)}</td>
      <td class="number">{labels.amount(adjustment.type === 'charge' ? minor : -minor)}</td>
    </tr>
  )
}

/** Shows the taxes by category and rate, and the sums. */
const SheetTotals = ({ snapshot: { totals }, labels }: SheetProps) => {
  const { t, amount } = labels
  return (
    <div class="sheet-totals">
      <table class="sheet-taxes">
        <thead>
          <tr>
            <th scope="col">{t('document.taxes.rate')}</th>
            <th scope="col" class="number">
              {t('document.taxes.base')}
            </th>
            <th scope="col" class="number">
              {t('document.taxes.tax')}
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.taxes.map((tax) => (
            <tr>
              <th scope="row">{labels.taxRate(tax)}</th>
              <td class="number">{amount(tax.base)}</td>
              <td class="number">{amount(tax.tax)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl class="sheet-sums">
        <dt>{t('document.net')}</dt>
        <dd>{amount(totals.net)}</dd>
        <dt>{t('document.tax')}</dt>
        <dd>{amount(totals.tax)}</dd>
        <dt class="sheet-total">{t('document.total')}</dt>
        <dd class="sheet-total">{labels.money(totals.total)}</dd>
      </dl>
    </div>
  )
}
