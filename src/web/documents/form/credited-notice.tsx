import type { StoredDocument } from '../../../db/documents'
import { leftToCredit } from '../../../domain/credit-note'
import { formatDate, formatMoney } from '../../../i18n/format'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'

/** Shows which document a credit note credits, and how much may still be credited. */
export const CreditedNotice = ({ credited }: { credited: StoredDocument }) => {
  const { t, language } = useFrame()
  const { id, kind, number, issueDate, currency } = credited
  const about = { number: number ?? '', date: formatDate(issueDate, language) }
  return (
    <Notice tone="idle">
      <p>
        <a href={routes.document(id)}>{t(`document.refersTo.${kind === 'receipt' ? 'receipt' : 'invoice'}`, about)}</a>
      </p>
      <p>{t('documents.credit.left', { amount: formatMoney(leftToCredit(credited), currency, language) })}</p>
    </Notice>
  )
}
