import type { HostedLink } from '../../db/hosted-links'
import { groupedIban } from '../../domain/bank-account'
import { formatMoney } from '../../i18n/format'
import { CopyButton } from '../ui/copy-button'
import { useFrame } from '../ui/frame'

/** Shows the bank details of the document. Each part can be copied. */
export const PaymentDetails = ({ link, amount }: { link: HostedLink; amount: number }) => {
  const { t, language } = useFrame()
  const { iban, bic, legalName, paymentNote } = link.snapshot.seller
  if (!iban && !paymentNote) return null
  return (
    <section class="hosted-payment">
      <h2>{t('hosted.payment')}</h2>
      {iban && (
        <dl>
          <Part label={t('document.payment.holder')} text={legalName} />
          <Part label="IBAN" text={groupedIban(iban)} copied={iban} />
          {bic && <Part label="BIC" text={bic} copied={bic} />}
          <Part label={t('document.payment.amount')} text={formatMoney(amount, link.snapshot.currency, language)} />
          <Part label={t('document.payment.reference')} text={link.number} copied={link.number} />
        </dl>
      )}
      {paymentNote && <p class="hosted-note">{paymentNote}</p>}
    </section>
  )
}

/** Shows a part with a button to copy it. */
const Part = ({ label, text, copied }: { label: string; text: string; copied?: string }) => (
  <>
    <dt>{label}</dt>
    <dd>
      <span>{text}</span>
      {copied && <CopyButton text={copied} label={label} />}
    </dd>
  </>
)
