/** Sentences of a document that other pages say, too. */
import type { Paper } from '../../domain/document'
import type { Translate } from '../../i18n'
import { formatDate } from '../../i18n/format'

/** « Paid on 24 November 2026 (card). » */
export function paidWords(t: Translate, locale: string, { on, method }: NonNullable<Paper['paid']>): string {
  const date = formatDate(on, locale)
  return method
    ? t('document.paid.method', { date, method: t(`payment_method.${method}`) })
    : t('document.paid', { date })
}

/** « For invoice INV-2026-0042 of 24 November 2026 » */
export const refersToWords = (t: Translate, locale: string, refersTo: NonNullable<Paper['refersTo']>): string =>
  t(`document.refersTo.${refersTo.kind ?? 'invoice'}`, {
    number: refersTo.number,
    date: formatDate(refersTo.issueDate, locale),
  })
