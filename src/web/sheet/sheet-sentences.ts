/** Writes sentences of a document that other pages show too. */
import type { DocumentSnapshot } from '../../domain/document'
import type { Translate } from '../../i18n'
import { formatDate } from '../../i18n/format'

/** Returns « Paid on 24 November 2026 (card). » */
export function paidSentence(
  t: Translate,
  locale: string,
  { on, method }: NonNullable<DocumentSnapshot['paid']>,
): string {
  const date = formatDate(on, locale)
  return method
    ? t('document.paid.method', { date, method: t(`payment_method.${method}`) })
    : t('document.paid', { date })
}

/** Returns « For invoice INV-2026-0042 of 24 November 2026 » */
export const refersToSentence = (
  t: Translate,
  locale: string,
  refersTo: NonNullable<DocumentSnapshot['refersTo']>,
): string =>
  t(`document.refersTo.${refersTo.kind ?? 'invoice'}`, {
    number: refersTo.number,
    date: formatDate(refersTo.issueDate, locale),
  })
