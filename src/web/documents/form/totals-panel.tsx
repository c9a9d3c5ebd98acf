import type { Child } from 'hono/jsx'
import type { Totals } from '../../../domain/document'
import type { TypedLine } from '../../../domain/typed-content'
import { taxOption } from '../../../domain/typed-content'
import { useFrame } from '../../ui/frame'
import { Money } from '../../ui/values'
import { LineAmount } from './line-fields'
import { taxLabel } from './tax-options'

export const TotalsPanel = ({ totals, currency }: { totals: Totals; currency: string }) => {
  const { t, language } = useFrame()
  const money = (amount: number) => <Money amount={amount} currency={currency} />
  return (
    <output class="totals" id="totals" aria-live="polite">
      <dl>
        <dt>{t('document.net')}</dt>
        <dd>{money(totals.net)}</dd>
        {totals.taxes.map(({ category, rate, tax }) => (
          <>
            <dt>
              {t('document.tax')} {taxLabel(taxOption(category, rate), t, language)}
            </dt>
            <dd>{money(tax)}</dd>
          </>
        ))}
        <dt class="total">{t('document.total')}</dt>
        <dd class="total">{money(totals.total)}</dd>
      </dl>
    </output>
  )
}

interface ResponseProps {
  totals: Totals
  lines: TypedLine[]
  currency: string
  reasons: Child
}

/** Updates totals, line amounts and the reasons for untaxed amounts while a person types. */
export const TotalsResponse = ({ totals, lines, currency, reasons }: ResponseProps) => (
  <>
    <TotalsPanel totals={totals} currency={currency} />
    <hx-partial hx-target="#tax-reasons" hx-swap="outerMorph">
      {reasons}
    </hx-partial>
    {lines.map(({ id }, index) => (
      <LineAmount id={id} amount={totals.lineAmounts[index] ?? 0} currency={currency} swap />
    ))}
  </>
)
