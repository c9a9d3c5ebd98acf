import { groupedIban } from '../../domain/bank-account'
import { taxReasonLines } from '../../i18n/tax-reasons'
import { Fact, type SheetProps } from './sheet-parts'
import { paidSentence } from './sheet-sentences'

/** Shows the reasons for untaxed amounts, payment, and the merchant's notes. */
export const SheetClosing = ({ snapshot, labels }: SheetProps) => {
  const { t } = labels
  const { kind, seller, content, totals, paid } = snapshot
  return (
    <div class="sheet-closing">
      <TaxNotes snapshot={snapshot} labels={labels} />
      {paid && <p>{paidSentence(t, labels.locale, paid)}</p>}
      {kind === 'invoice' && totals.total > 0 && <Payment snapshot={snapshot} labels={labels} />}
      {content.notes && (
        <section>
          <h3>{t('document.notes')}</h3>
          <p class="sheet-text">{content.notes}</p>
        </section>
      )}
      {seller.legalNote && <p class="sheet-text sheet-remark">{seller.legalNote}</p>}
    </div>
  )
}

/** Shows the reasons for tax categories other than S and Z, which EN 16931 requires. */
const TaxNotes = ({ snapshot, labels: { t } }: SheetProps) => {
  const notes = taxReasonLines(snapshot)
  if (snapshot.content.pricesIncludeTax) notes.push(t('document.pricesIncludeTax'))
  return (
    <>
      {notes.map((note) => (
        <p class="sheet-text">{note}</p>
      ))}
    </>
  )
}

const Payment = ({ snapshot, labels }: SheetProps) => {
  const { t } = labels
  const { iban, bic, legalName, paymentNote } = snapshot.seller
  return (
    <section>
      <h3>{t('document.payment')}</h3>
      <div class="sheet-payment">
        {iban && (
          <dl>
            <Fact label={t('document.payment.holder')}>{legalName}</Fact>
            <Fact label="IBAN">{groupedIban(iban)}</Fact>
            <Fact label="BIC">{bic}</Fact>
          </dl>
        )}
        <dl>
          <Fact label={t('document.payment.amount')}>{labels.money(snapshot.totals.total)}</Fact>
          <Fact label={t('document.dueDate')}>{labels.date(snapshot.dueDate)}</Fact>
          <Fact label={t('document.payment.reference')}>{snapshot.number}</Fact>
        </dl>
      </div>
      {paymentNote && <p class="sheet-text">{paymentNote}</p>}
    </section>
  )
}
