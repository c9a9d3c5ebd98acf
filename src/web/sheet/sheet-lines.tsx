import type { Adjustment, Line } from '../../domain/document'
import { toMinor } from '../../domain/money'
import { adjustmentBase } from '../../domain/totals'
import type { PaperProps } from './sheet-parts'

/** What was supplied, then charges and allowances on the whole, then what it adds up to. */
export const PaperLines = ({ paper, words }: PaperProps) => {
  const { t } = words
  const { lines, adjustments } = paper.content
  return (
    <>
      <table class="paper-lines">
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
              {t('document.column.amount', { currency: paper.currency })}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <LineRow line={line} amount={paper.totals.lineAmounts[index] ?? 0} words={words} />
          ))}
          {adjustments.map((adjustment) => (
            <AdjustmentRow adjustment={adjustment} paper={paper} words={words} />
          ))}
        </tbody>
      </table>
      <PaperTotals paper={paper} words={words} />
    </>
  )
}

type RowWords = Pick<PaperProps, 'words'>

const LineRow = ({ line, amount, words }: RowWords & { line: Line; amount: number }) => {
  const { discount } = line
  const value = discount && (discount.type === 'percent' ? words.percent(discount.value) : words.price(discount.value))
  return (
    <tr>
      <td class="paper-description">
        {line.description}
        {value && <div class="paper-remark">{words.t('document.discount', { value })}</div>}
      </td>
      <td class="number">{words.quantity(line.quantity, line.unit)}</td>
      <td class="number">{words.price(line.unitPrice)}</td>
      <td class="number">{words.percent(line.taxRate)}</td>
      <td class="number">{words.amount(amount)}</td>
    </tr>
  )
}

const AdjustmentRow = ({ adjustment, paper, words }: PaperProps & { adjustment: Adjustment }) => {
  const { percent } = adjustment
  const minor = toMinor(adjustment.amount, paper.currency)
  const base = () => words.amount(adjustmentBase(paper.content, adjustment))
  return (
    <tr>
      <td class="paper-description">
        {adjustment.reason || words.t(`document.${adjustment.type}`)}
        {percent !== undefined && (
          <div class="paper-remark">
            {words.t('document.percent_of', { percent: words.percent(percent), amount: base() })}
          </div>
        )}
      </td>
      <td />
      <td />
      <td class="number">{words.percent(adjustment.taxRate)}</td>
      <td class="number">{words.amount(adjustment.type === 'charge' ? minor : -minor)}</td>
    </tr>
  )
}

/** The tax by category and rate on the left, the sums on the right. */
const PaperTotals = ({ paper: { totals }, words }: PaperProps) => {
  const { t, amount } = words
  return (
    <div class="paper-totals">
      <table class="paper-taxes">
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
              <th scope="row">{words.taxRate(tax)}</th>
              <td class="number">{amount(tax.base)}</td>
              <td class="number">{amount(tax.tax)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl class="paper-sums">
        <dt>{t('document.net')}</dt>
        <dd>{amount(totals.net)}</dd>
        <dt>{t('document.tax')}</dt>
        <dd>{amount(totals.tax)}</dd>
        <dt class="paper-total">{t('document.total')}</dt>
        <dd class="paper-total">{words.money(totals.total)}</dd>
      </dl>
    </div>
  )
}
