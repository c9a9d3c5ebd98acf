import { taxReasonLines } from '../../i18n/tax-reasons'
import { Fact, type PaperProps } from './sheet-parts'
import { paidWords } from './sheet-sentences'

/** Why there is no tax, how to pay, and what the merchant wants to say. */
export const PaperClosing = ({ paper, words }: PaperProps) => {
  const { t } = words
  const { kind, seller, content, totals, paid } = paper
  return (
    <div class="paper-closing">
      <TaxNotes paper={paper} words={words} />
      {paid && <p>{paidWords(t, words.locale, paid)}</p>}
      {kind === 'invoice' && totals.total > 0 && <Payment paper={paper} words={words} />}
      {content.notes && (
        <section>
          <h3>{t('document.notes')}</h3>
          <p class="paper-text">{content.notes}</p>
        </section>
      )}
      {seller.legalNote && <p class="paper-text paper-remark">{seller.legalNote}</p>}
    </div>
  )
}

/** EN 16931 asks for a reason wherever a category other than S and Z is used. */
const TaxNotes = ({ paper, words: { t } }: PaperProps) => {
  const notes = taxReasonLines(paper)
  if (paper.content.pricesIncludeTax) notes.push(t('document.pricesIncludeTax'))
  return (
    <>
      {notes.map((note) => (
        <p class="paper-text">{note}</p>
      ))}
    </>
  )
}

const Payment = ({ paper, words }: PaperProps) => {
  const { t } = words
  const { iban, bic, legalName, paymentNote } = paper.seller
  return (
    <section>
      <h3>{t('document.payment')}</h3>
      <div class="paper-payment">
        {iban && (
          <dl>
            <Fact label={t('document.payment.holder')}>{legalName}</Fact>
            <Fact label="IBAN">{iban.replace(/\s/g, '').replace(/.{4}(?=.)/g, '$& ')}</Fact>
            <Fact label="BIC">{bic}</Fact>
          </dl>
        )}
        <dl>
          <Fact label={t('document.payment.amount')}>{words.money(paper.totals.total)}</Fact>
          <Fact label={t('document.dueDate')}>{words.date(paper.dueDate)}</Fact>
          <Fact label={t('document.payment.reference')}>{paper.number}</Fact>
        </dl>
      </div>
      {paymentNote && <p class="paper-text">{paymentNote}</p>}
    </section>
  )
}
